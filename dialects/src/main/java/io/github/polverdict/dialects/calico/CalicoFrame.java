package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane.Denial;
import io.github.polverdict.core.model.Plane.Established;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for Calico as a whole: static rules of Felix, the datapath, what follows the tiers.
 */
final class CalicoFrame {
  private CalicoFrame() {}

  static Frame of(Snapshot snapshot, Context context) {
    List<TierFrame> tiers =
        List.of(
            new TierFrame("felix", encapsulation(context), Action.DENY),
            new TierFrame(CalicoDialect.TIER, List.of(), Action.DENY));
    boolean rejects = context.active("calico.reject");
    Traits traits =
        new Traits(
            Established.SURVIVES, rejects ? Denial.REFUSED : Denial.SILENT_DROP, Mode.ENFORCING);
    return new Frame(
        true,
        CalicoDialect.TIER,
        tiers,
        passages(snapshot, context),
        View.CLEAR,
        traits,
        Action.ALLOW);
  }

  /** Pods may not send encapsulated packets, with or without a policy. Isolates nobody. */
  private static List<Block> encapsulation(Context context) {
    List<Rule> rules = new ArrayList<>();
    if (context.active("calico.encap-from-pods-dropped")) {
      int port = Integer.parseInt(context.setting("VXLANPort"));
      rules.add(
          deny(
              TrafficSet.of(Protocol.UDP, port, port),
              context.origin("calico.encap-from-pods-dropped")));
    }
    if (context.active("calico.ipip-from-pods-dropped")) {
      rules.add(
          deny(
              TrafficSet.of(Protocol.OTHER, 4, 4),
              context.origin("calico.ipip-from-pods-dropped")));
    }
    Origin origin = context.origin("calico.encap-from-pods-dropped");
    return List.of(
        new Block(
            "Felix' static rules",
            Selector.pods(),
            Direction.EGRESS,
            false,
            rules,
            List.of(),
            origin));
  }

  private static Rule deny(TrafficSet traffic, Origin origin) {
    return new Rule(
        0,
        List.of(PeerSpec.ANYONE),
        List.of(new TrafficSpec.Numeric(traffic)),
        Action.DENY,
        List.of(),
        origin);
  }

  private static List<Passage> passages(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    hairpin(context, out);
    out.add(
        Passages.nodeToPod(Where.SAME_NODE, context.origin("calico.local-host-to-pod-allowed")));
    out.addAll(RemoteHosts.passages(snapshot, context));
    if (context.active("calico.pod-to-own-host-drop")) {
      out.add(
          Passages.of(
                  new Effect.Closed(Direction.EGRESS),
                  context.origin("calico.pod-to-own-host-drop"))
              .between(Passages.PODS, Passages.HOSTS)
              .where(Where.SAME_NODE));
    }
    if (context.active("calico.loadbalancer-snat")) {
      Origin.BuiltIn origin = context.origin("calico.loadbalancer-snat");
      String what =
          "which node receives it, and whether the Service's externalTrafficPolicy keeps its"
              + " source";
      out.add(
          Passages.of(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode()), origin)
              .between(Passages.OUTSIDE, Passages.PODS)
              .via(Via.NODE_PORT, Via.LOAD_BALANCER)
              .onlyIf(new Doubt.KnownAtRuntime(what, origin)));
    }
    if (context.active("calico.nodeport-from-pod") && snapshot.ofKind("Node").size() != 1) {
      Origin.BuiltIn origin = context.origin("calico.nodeport-from-pod");
      Doubt doubt =
          new Doubt.KnownAtRuntime("whether the node port is that of the pod's own node", origin);
      out.add(
          nodePort(new Effect.SeenAs(Direction.EGRESS, new Guise.SomeNode(), true), origin, doubt));
      out.add(nodePort(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode()), origin, doubt));
    }
    return out;
  }

  private static Passage nodePort(Effect effect, Origin origin, Doubt doubt) {
    return Passages.of(effect, origin)
        .between(Passages.PODS, PeerSpec.ANYONE)
        .via(Via.NODE_PORT)
        .onlyIf(doubt);
  }

  /** eBPF's balancing at connect time keeps a pod's call of itself inside the pod. */
  private static void hairpin(Context context, List<Passage> out) {
    TrafficSet inside = TrafficSet.NONE;
    Origin origin = context.origin("calico.hairpin-connect-time");
    if (context.active("calico.hairpin-connect-time")) {
      inside = TrafficSet.all(Protocol.TCP);
    }
    if (context.active("calico.hairpin-connect-time-udp")) {
      inside = inside.or(TrafficSet.all(Protocol.UDP));
    }
    for (Direction gate : inside.isEmpty() ? List.<Direction>of() : List.of(Direction.values())) {
      out.add(Passages.bypass(Where.ITSELF, gate, origin).carrying(inside));
    }
  }
}
