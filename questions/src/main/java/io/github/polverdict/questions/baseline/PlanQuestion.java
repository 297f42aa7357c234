package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.baseline.PlanAnswer.Cut;
import io.github.polverdict.questions.baseline.PlanAnswer.Impact;
import io.github.polverdict.questions.baseline.PlanAnswer.Observed;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.explain.ExplainManyQuestion;
import io.github.polverdict.questions.explain.ExplainManyQuestion.Pair;
import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.parity.ParityQuestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What would break, and where to begin?
 *
 * @param baseline as the user named it
 * @param form what would be applied, and how it is tried
 * @param flows flows that were observed, in the words of explain; none when nobody gave any
 * @param canary the namespace to begin with; empty for the one that loses least
 */
public record PlanQuestion(String baseline, Form form, List<Pair> flows, String canary) {

  /** What would be applied, in a few words, and how it is tried before it takes effect. */
  public record Form(String title, String trial) {}

  public PlanQuestion {
    flows = List.copyOf(flows);
  }

  /**
   * Compares a cluster with itself.
   *
   * @param with the same cluster with the baseline
   * @param namespaces those that the baseline is for
   */
  public PlanAnswer ask(Bench now, Bench with, List<String> namespaces) {
    ParityAnswer compared =
        new ParityQuestion(List.of("now", "then"), false).ask(List.of(now, with));
    Map<String, TrafficSet> served = served(now);
    Map<String, List<Cut>> cuts = new TreeMap<>();
    namespaces.forEach(n -> cuts.put(n, new ArrayList<>()));
    for (ParityAnswer.Row row : compared.rows()) {
      boolean cut =
          row.results().getFirst().outcome() != Outcome.DENIED
              && row.results().getLast().outcome() == Outcome.DENIED;
      TrafficSet traffic =
          row.dst().external()
              ? row.traffic()
              : row.traffic().and(served.getOrDefault(row.dst().name(), TrafficSet.ALL));
      if (cut && !traffic.isEmpty()) {
        ParityAnswer.Result then = row.results().getLast();
        add(new Cut(row.src(), row.dst(), traffic, then.because(), then.origin()), cuts);
      }
    }
    List<Observed> observed = observed(now, with);
    return new PlanAnswer(
        now.name(),
        baseline,
        form.title(),
        form.trial(),
        impacts(cuts, observed),
        observed,
        now.model().pins(),
        now.inventory().missing());
  }

  /**
   * Ports that something is declared to listen on, by workload; absent when nothing is declared.
   */
  private static Map<String, TrafficSet> served(Bench bench) {
    Map<String, TrafficSet> out = new HashMap<>();
    for (Endpoint endpoint : bench.universe().endpoints()) {
      TrafficSet declared = bench.surroundings().declared().get(endpoint.id());
      if (declared != null) {
        serve(endpoint, declared, out);
      }
    }
    for (Service service : bench.universe().services()) {
      for (Service.Port port : service.ports()) {
        for (Service.Backend backend : port.backends()) {
          bench
              .universe()
              .endpoint(backend.endpoint())
              .ifPresent(e ->
                  serve(e, TrafficSet.of(port.protocol(), backend.port(), backend.port()), out));
        }
      }
    }
    return out;
  }

  private static void serve(Endpoint endpoint, TrafficSet port, Map<String, TrafficSet> out) {
    out.merge(endpoint.shownAs(), port, TrafficSet::or);
    out.merge(endpoint.id(), port, TrafficSet::or);
  }

  private static void add(Cut cut, Map<String, List<Cut>> cuts) {
    String from = namespace(cut.src());
    String to = namespace(cut.dst());
    if (cuts.containsKey(from)) {
      cuts.get(from).add(cut);
    }
    if (!to.equals(from) && cuts.containsKey(to)) {
      cuts.get(to).add(cut);
    }
  }

  private static String namespace(Party party) {
    int slash = party.name().indexOf('/');
    return party.external() || slash < 0 ? "" : party.name().substring(0, slash);
  }

  private List<Impact> impacts(Map<String, List<Cut>> cuts, List<Observed> observed) {
    List<Impact> out = new ArrayList<>();
    cuts.forEach((namespace, own) -> {
      long seen =
          observed.stream()
              .filter(Observed::cut)
              .filter(o -> mentions(o.from(), namespace) || mentions(o.to(), namespace))
              .count();
      out.add(new Impact(namespace, false, own, (int) seen));
    });
    out.sort(
        Comparator.comparing((Impact i) -> !i.namespace().equals(canary))
            .thenComparingInt(Impact::observed)
            .thenComparingInt(i -> i.cuts().size())
            .thenComparing(Impact::namespace));
    if (!out.isEmpty()) {
      Impact first = out.getFirst();
      out.set(0, new Impact(first.namespace(), true, first.cuts(), first.observed()));
    }
    return out;
  }

  /** Whether words of a flow are about something in a namespace. */
  private static boolean mentions(String words, String namespace) {
    return words.startsWith(namespace + "/") || words.contains("/" + namespace + "/");
  }

  private List<Observed> observed(Bench now, Bench with) {
    if (flows.isEmpty()) {
      return List.of();
    }
    ExplainManyQuestion question = new ExplainManyQuestion(flows, "");
    List<ExplainManyAnswer.Row> before = question.ask(now).rows();
    List<ExplainManyAnswer.Row> after = question.ask(with).rows();
    List<Observed> out = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      Optional<Outcome> then = after.get(i).verdict();
      out.add(
          new Observed(
              before.get(i).from(),
              before.get(i).to(),
              before.get(i).verdict(),
              then,
              after.get(i).because()));
    }
    return out;
  }
}
