package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Side;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Flows that pass, or may, and would be denied at a gate that the baseline leaves open. A pod that
 * is isolated already loses flows, too, where an engine asks a kind of policy only about pods that
 * no other kind isolates. Pods to come are not looked at.
 */
final class Losses {
  private final Demands demands;
  private final List<Compared> both;
  private final Map<String, String> found = new TreeMap<>();

  private Losses(Bench before, Bench with, Demands demands) {
    Map<Reach, Reach> known = new HashMap<>();
    this.demands = demands;
    this.both = List.of(new Compared(before, true, known), new Compared(with, true, known));
  }

  /**
   * One sentence without a full stop for each pod and gate, with a flow; none if nothing is lost.
   */
  static List<String> of(Bench before, Bench with, Demands demands) {
    Losses out = new Losses(before, with, demands);
    for (Family family : before.families()) {
      Side.pairs(out.both, family, (src, dst) -> out.look(src, dst, family));
    }
    return List.copyOf(out.found.values());
  }

  private void look(Side src, Side dst, Family family) {
    Compared now = both.getFirst();
    Compared then = both.getLast();
    Optional<Reach> before = now.reach(src, dst, family);
    Optional<Reach> after = then.reach(src, dst, family);
    if (before.isPresent() && after.isPresent()) {
      TrafficSet lost =
          before.get().allowed().or(before.get().unknown()).minus(after.get().allowed());
      for (Endpoint from : lost.isEmpty() ? List.<Endpoint>of() : then.members(src)) {
        for (Endpoint to : then.members(dst)) {
          Sample.each(lost).map(s -> s.flow(from, to, family)).forEach(this::judge);
        }
      }
    }
  }

  private void judge(Flow flow) {
    Verdict after = both.getLast().bench().judge().judge(flow);
    List<GateVerdict> closed = new ArrayList<>();
    after.paths().forEach(p -> closed.addAll(p.gates()));
    closed.removeIf(g -> g.outcome() != Outcome.DENIED || isMeant(g) || found.containsKey(key(g)));
    if (!closed.isEmpty()
        && both.getFirst().bench().judge().judge(flow).outcome() != Outcome.DENIED) {
      closed.forEach(g -> found.put(key(g), lost(after, g)));
    }
  }

  private static String key(GateVerdict gate) {
    return gate.subject().shownAs() + " " + gate.gate();
  }

  private static String lost(Verdict verdict, GateVerdict gate) {
    Flow flow = verdict.flow();
    String to = flow.to() instanceof Flow.Target.ToEndpoint(Endpoint e) ? e.shownAs() : "";
    return "%s -> %s %s %d passes now, or may, and would be denied, for %s"
        .formatted(
            flow.from().shownAs(), to, flow.protocol(), flow.port(), Reasons.of(gate).sentence());
  }

  private boolean isMeant(GateVerdict gate) {
    Item item = gate.gate() == Direction.INGRESS ? Item.INGRESS : Item.EGRESS;
    return demands
        .of(gate.subject().namespace())
        .filter(w -> w.enforced().get(item) == Demand.DENY)
        .isPresent();
  }
}
