package io.github.polverdict.questions.probe;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.naming.FlowResolver;
import io.github.polverdict.questions.naming.Goal;
import io.github.polverdict.questions.naming.PortSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does X reach Y, by each address that Y can be called by?
 *
 * @param from as in {@code explain}; each of its pods is a source
 * @param to the same, with a port
 * @param defaultNamespace the namespace of names that say none; empty for no such namespace
 */
public record ProbeQuestion(String from, String to, String defaultNamespace) {
  /** More trials than this are not a question about a flow any more. */
  private static final int MOST = 1000;

  /** What to try, and what should come of it; at least one. */
  public Reply<List<Prediction>> ask(Bench bench) {
    FlowResolver resolver = new FlowResolver(bench, defaultNamespace);
    Reply<List<Goal.End>> sources = resolver.from(from);
    Reply<Goal> goal = resolver.to(to);
    List<Refusal> refusals = new ArrayList<>();
    if (sources instanceof Reply.Refused<List<Goal.End>>(List<Refusal> r)) {
      refusals.addAll(r);
    }
    if (goal instanceof Reply.Refused<Goal>(List<Refusal> r)) {
      refusals.addAll(r);
    }
    return sources instanceof Reply.Answered<List<Goal.End>>(List<Goal.End> ends)
            && goal instanceof Reply.Answered<Goal>(Goal meant)
        ? chosen(new Trials(bench, ends), meant)
        : new Reply.Refused<>(refusals);
  }

  private Reply<List<Prediction>> chosen(Trials trials, Goal goal) {
    PortSpec port =
        switch (goal) {
          case Goal.Ends(List<Goal.End> _, PortSpec p) -> p;
          case Goal.Called called -> called.port();
        };
    Optional<String> wrong = wrong(port);
    if (wrong.isPresent()) {
      return refuse("PV063", wrong.get());
    }
    switch (goal) {
      case Goal.Ends(List<Goal.End> ends, PortSpec _) ->
          ends.forEach(end -> trials.endpoint(end.judged(), port));
      case Goal.Called called -> trials.service(called.service(), called.via(), port);
    }
    List<Prediction> all = trials.all();
    if (all.isEmpty()) {
      return refuse("PV064", "'" + to + "' has no address and port that '" + from + "' could call");
    }
    return all.size() > MOST
        ? refuse("PV067", "these are %d trials, more than %d".formatted(all.size(), MOST))
        : new Reply.Answered<>(all);
  }

  private Optional<String> wrong(PortSpec port) {
    return switch (port) {
      case PortSpec.Any _ ->
          Optional.of(
              "'" + to + "' has no port; a probe calls one: " + to + ":80 or " + to + ":53/udp");
      case PortSpec.Icmp _ -> Optional.of("ICMP is not probed; ask for a port");
      case PortSpec.Wrong(String why) -> Optional.of(why);
      case PortSpec.Numbered(int _, Optional<Protocol> protocol) -> portless(protocol);
      case PortSpec.Named(String _, Optional<Protocol> protocol) -> portless(protocol);
    };
  }

  private static Optional<String> portless(Optional<Protocol> protocol) {
    return protocol
        .filter(p -> !p.hasPorts())
        .map(_ -> "only TCP, UDP and SCTP are probed; ask for a port of one of them");
  }

  private static Reply<List<Prediction>> refuse(String code, String message) {
    return new Reply.Refused<>(List.of(new Refusal(code, message, List.of())));
  }
}
