package io.github.polverdict.questions.table;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Verdict;
import java.util.List;

/** A verdict on a direct flow, told of other endpoints that no rule tells from its own. */
final class Retold {
  private Retold() {}

  static Verdict of(Verdict verdict, Endpoint from, Endpoint to) {
    Flow flow = verdict.flow();
    Flow other =
        new Flow(from, new Flow.Target.ToEndpoint(to), flow.protocol(), flow.port(), flow.family());
    List<PathVerdict> paths =
        verdict.paths().stream()
            .map(p ->
                new PathVerdict(
                    p.path(),
                    p.outcome(),
                    p.gates().stream().map(g -> gate(g, flow, from, to)).toList()))
            .toList();
    return new Verdict(other, verdict.outcome(), paths, verdict.unrouted(), verdict.doubts());
  }

  private static GateVerdict gate(GateVerdict gate, Flow was, Endpoint from, Endpoint to) {
    boolean source = gate.subject().equals(was.from());
    boolean destination =
        was.to() instanceof Flow.Target.ToEndpoint(Endpoint end) && gate.subject().equals(end);
    Endpoint subject = source ? from : destination ? to : gate.subject();
    return new GateVerdict(
        gate.plane(),
        gate.gate(),
        subject,
        gate.peer(),
        gate.outcome(),
        gate.decision(),
        gate.audited());
  }
}
