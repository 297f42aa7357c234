package io.github.polverdict.questions.explain;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainAnswer.Case;
import io.github.polverdict.questions.explain.ExplainAnswer.Gate;
import io.github.polverdict.questions.explain.ExplainAnswer.Way;
import io.github.polverdict.questions.naming.FlowResolver;
import io.github.polverdict.questions.naming.Goal;
import io.github.polverdict.questions.words.Quirks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Does X reach Y, and why?
 *
 * @param from {@code shop/web}, {@code deploy/shop/web}, {@code shop/*}, {@code node/n1}, an
 *     address or a CIDR
 * @param to the same or {@code svc/shop/web}, with {@code :PORT[/PROTOCOL]}; without it, everything
 * @param defaultNamespace the namespace of names that say none; empty for no such namespace
 */
public record ExplainQuestion(String from, String to, String defaultNamespace) {

  public Reply<ExplainAnswer> ask(Bench bench) {
    FlowResolver resolver = new FlowResolver(bench, defaultNamespace);
    return switch (asks(bench, resolver)) {
      case Reply.Refused<Asks>(List<Refusal> refusals) -> new Reply.Refused<>(refusals);
      case Reply.Answered<Asks>(Asks asks) -> new Reply.Answered<>(answer(bench, resolver, asks));
    };
  }

  /** The flows to judge; all refusals of both ends together. */
  Reply<Asks> asks(Bench bench, FlowResolver resolver) {
    Reply<List<Goal.End>> sources = resolver.from(from);
    Reply<Goal> goal = resolver.to(to);
    List<Refusal> refusals = new ArrayList<>();
    if (sources instanceof Reply.Refused<List<Goal.End>>(List<Refusal> r)) {
      refusals.addAll(r);
    }
    if (goal instanceof Reply.Refused<Goal>(List<Refusal> r)) {
      refusals.addAll(r);
    }
    if (sources instanceof Reply.Answered<List<Goal.End>>(List<Goal.End> ends)
        && goal instanceof Reply.Answered<Goal>(Goal meant)) {
      Asks asks = new Asks(bench, ends, meant);
      return asks.refusals().isEmpty()
          ? new Reply.Answered<>(asks)
          : new Reply.Refused<>(asks.refusals());
    }
    return new Reply.Refused<>(refusals);
  }

  private ExplainAnswer answer(Bench bench, FlowResolver resolver, Asks asks) {
    Cases cases = new Cases(bench, asks.all());
    List<Case> all = cases.all();
    Set<Outcome> outcomes = cases.outcomes();
    boolean mixed = outcomes.size() > 1;
    Outcome verdict = mixed ? Outcome.UNKNOWN : outcomes.iterator().next();
    Set<Doubt> doubts = new LinkedHashSet<>();
    if (mixed) {
      doubts.add(differs(asks));
    }
    all.forEach(c -> doubts.addAll(c.doubts()));
    Map<String, Origin.BuiltIn> quirks = new TreeMap<>();
    cases.judged().forEach(v -> Quirks.of(v).forEach(q -> quirks.put(q.quirk(), q)));
    return new ExplainAnswer(
        from,
        to,
        verdict,
        mixed,
        gates(all.getFirst()),
        all,
        List.copyOf(doubts),
        List.copyOf(quirks.values()),
        bench.model().pins(),
        notes(bench, resolver, asks, cases));
  }

  private static List<Gate> gates(Case first) {
    return first.ways().stream()
        .filter(w -> w.verdict() == first.verdict())
        .findFirst()
        .or(() -> first.ways().stream().findFirst())
        .map(Way::gates)
        .orElse(List.of());
  }

  private Doubt differs(Asks asks) {
    boolean traffic = asks.all().stream().map(Asks.Ask::traffic).distinct().count() > 1;
    boolean ends =
        asks.all().stream()
                .map(a -> List.of(a.flow().from().id(), a.to().name()))
                .distinct()
                .count()
            > 1;
    String by =
        traffic && ends
            ? "source, destination and port"
            : traffic ? "port" : "source and destination";
    return new Doubt.KnownAtRuntime(
        "the result differs by " + by, new Origin.Said("--from " + from + " --to " + to));
  }

  private List<String> notes(Bench bench, FlowResolver resolver, Asks asks, Cases cases) {
    Set<String> out = new LinkedHashSet<>(asks.notes());
    if (bench.model().planes().isEmpty()) {
      out.add("no engine enforces policies here: whatever has a route passes");
    }
    out.addAll(resolver.notes(from));
    out.addAll(resolver.notes(to));
    for (Map.Entry<Integer, Family> only : cases.ofOneFamily().entrySet()) {
      out.add(
          "result "
              + (only.getKey() + 1)
              + " is for "
              + (only.getValue() == Family.IPV4 ? "IPv4" : "IPv6"));
    }
    return List.copyOf(out);
  }
}
