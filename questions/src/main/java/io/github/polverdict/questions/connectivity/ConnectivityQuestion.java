package io.github.polverdict.questions.connectivity;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer.Row;
import io.github.polverdict.questions.naming.FlowResolver;
import io.github.polverdict.questions.naming.Goal;
import io.github.polverdict.questions.naming.PortSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who reaches whom, on what?
 *
 * @param from the sources to tell of, in the words of explain; empty for all
 * @param to the destinations to tell of; empty for all
 * @param port the traffic to tell of, as {@code 80} or {@code 53/udp}; empty for all
 * @param nodes whether nodes count
 * @param defaultNamespace the namespace of names that say none; empty for no such namespace
 */
public record ConnectivityQuestion(
    Optional<String> from,
    Optional<String> to,
    Optional<String> port,
    boolean nodes,
    String defaultNamespace) {

  /** Everything about everybody but nodes. */
  public static ConnectivityQuestion all() {
    return new ConnectivityQuestion(
        Optional.empty(), Optional.empty(), Optional.empty(), false, "");
  }

  public Reply<ConnectivityAnswer> ask(Bench bench) {
    List<Refusal> refusals = new ArrayList<>();
    Rows.Asked asked = asked(bench, refusals);
    if (!refusals.isEmpty()) {
      return new Reply.Refused<>(refusals);
    }
    List<Row> rows = new Rows(bench, asked).all();
    Doubts doubts = Doubts.of(bench, rows);
    return new Reply.Answered<>(
        new ConnectivityAnswer(
            bench.name(),
            rows,
            parties(bench, asked.nodes()),
            doubts.all(),
            doubts.complete(),
            bench.model().pins(),
            bench.inventory().missing(),
            bench.findings()));
  }

  /**
   * The reasons for an answer to this question, or for some of it.
   *
   * @throws IllegalArgumentException when the bench can't answer this question
   */
  public ConnectivityMatrix why(Bench bench, ConnectivityAnswer answer) {
    List<Refusal> refusals = new ArrayList<>();
    Rows.Asked asked = asked(bench, refusals);
    if (!refusals.isEmpty()) {
      throw new IllegalArgumentException(refusals.getFirst().message());
    }
    return new Matrix(bench, asked).of(answer);
  }

  private Rows.Asked asked(Bench bench, List<Refusal> refusals) {
    FlowResolver resolver = new FlowResolver(bench, defaultNamespace);
    Optional<List<Endpoint>> sources = ends(resolver, from, refusals);
    Optional<List<Endpoint>> destinations = ends(resolver, to, refusals);
    boolean withNodes = nodes || named(sources) || named(destinations);
    return new Rows.Asked(sources, destinations, traffic(refusals), withNodes);
  }

  private static boolean named(Optional<List<Endpoint>> ends) {
    return ends.stream().flatMap(List::stream).anyMatch(e -> e.kind() == Kind.NODE);
  }

  private static Optional<List<Endpoint>> ends(
      FlowResolver resolver, Optional<String> words, List<Refusal> refusals) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    return switch (resolver.from(words.get())) {
      case Reply.Refused<List<Goal.End>>(List<Refusal> r) -> {
        refusals.addAll(r);
        yield Optional.of(List.of());
      }
      case Reply.Answered<List<Goal.End>>(List<Goal.End> ends) ->
          Optional.of(ends.stream().map(Goal.End::judged).toList());
    };
  }

  private TrafficSet traffic(List<Refusal> refusals) {
    return switch (port.map(PortSpec::parse).orElse(new PortSpec.Any())) {
      case PortSpec.Any _ -> TrafficSet.ALL;
      case PortSpec.Numbered(int number, var protocol) ->
          TrafficSet.of(protocol.orElse(Protocol.TCP), number, number);
      case PortSpec.Icmp(Optional<Integer> message) ->
          message
              .map(m -> TrafficSet.of(Protocol.ICMP, m, m))
              .orElse(TrafficSet.all(Protocol.ICMP));
      case PortSpec.Named(String name, var _) -> {
        refusals.add(
            new Refusal(
                "PV063",
                "'" + name + "' means another number on every pod; say a number",
                List.of()));
        yield TrafficSet.NONE;
      }
      case PortSpec.Wrong(String why) -> {
        refusals.add(new Refusal("PV063", why, List.of()));
        yield TrafficSet.NONE;
      }
    };
  }

  private static List<Party> parties(Bench bench, boolean nodes) {
    TreeSet<Party> out = new TreeSet<>();
    for (Endpoint endpoint : bench.universe().endpoints()) {
      if (nodes || endpoint.kind() != Kind.NODE) {
        out.add(Party.shown(endpoint));
      }
    }
    return List.copyOf(out);
  }
}
