package io.github.polverdict.dialects.knp;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
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
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What reaches the queue of kube-network-policies (pkg/dataplane/controller.go): packets of
 * selected pods after translation, but for those that its rules let pass before.
 */
final class KnpFrame {
  /** Between NetworkPolicies and Baseline: pods that policies select in the other direction. */
  private static final String OTHER_DIRECTION = "NetworkPolicy of the other direction";

  private static final TrafficSet DNS = TrafficSet.of(Protocol.UDP, 53, 53);

  private KnpFrame() {}

  static Frame of(Snapshot snapshot, Context context) {
    boolean strict = context.setting("strict-mode").equals("true");
    Traits traits =
        new Traits(
            strict ? Established.IS_CUT : Established.SURVIVES, Denial.SILENT_DROP, Mode.ENFORCING);
    List<TierFrame> tiers = new ArrayList<>();
    tiers.add(new TierFrame(Reading.TIER, List.of(), Action.DENY));
    if (!context.setting("flavour").equals("plain")) {
      tiers.addFirst(new TierFrame(ClusterReading.ADMIN, List.of(), Action.PASS));
      tiers.add(new TierFrame(OTHER_DIRECTION, List.of(), Action.PASS));
      tiers.add(new TierFrame(ClusterReading.BASELINE, List.of(), Action.PASS));
    }
    boolean enforces = !context.active("kube-network-policies.off");
    return new Frame(
        enforces,
        Standard.in(Reading.TIER),
        tiers,
        passages(snapshot, context),
        View.CLEAR,
        traits,
        Action.ALLOW,
        List.of());
  }

  /** The final Accept of a pod that some NetworkPolicy selects, but none in this direction. */
  static List<Placed> otherDirection(Placed placed, List<Placed> ofPolicy, Context context) {
    Direction other =
        placed.block().direction() == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS;
    if (ofPolicy.stream().anyMatch(p -> p.block().direction() == other)) {
      return List.of();
    }
    Origin.BuiltIn row = context.origin("kube-network-policies.other-direction-skips-baseline");
    Origin origin = new Origin.Bent(placed.block().origin(), row);
    Rule accept = Rule.allow(List.of(PeerSpec.ANYONE), List.of(TrafficSpec.ALL), origin);
    Block block =
        new Block(
            placed.block().name(),
            placed.block().subject(),
            other,
            false,
            List.of(accept),
            List.of(),
            origin);
    return List.of(new Placed(OTHER_DIRECTION, block));
  }

  private static List<Passage> passages(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>(KnpSources.replies(snapshot, context));
    if (context.active("kube-network-policies.forward-hook")) {
      Origin row = context.origin("kube-network-policies.forward-hook");
      out.add(Passages.nodeToPod(Where.SAME_NODE, row));
    }
    if (context.active("kube-network-policies.ipvs-bypass")) {
      for (Direction gate : Direction.values()) {
        out.add(
            Passages.of(
                    new Effect.Bypass(gate), context.origin("kube-network-policies.ipvs-bypass"))
                .via(Via.CLUSTER_IP, Via.NODE_PORT, Via.LOAD_BALANCER));
      }
    }
    if (context.active("kube-network-policies.ipvs-dns")) {
      out.addAll(ipvsDns(context.origin("kube-network-policies.ipvs-dns")));
    }
    if (context.active("kube-network-policies.dns-of-hosts")) {
      out.add(
          Passages.nodeToPod(Where.SAME_NODE, context.origin("kube-network-policies.dns-of-hosts"))
              .carrying(DNS));
    }
    if (context.active("kube-network-policies.root-bypass")) {
      out.add(
          Passages.of(
                  new Effect.Bypass(Direction.INGRESS),
                  context.origin("kube-network-policies.root-bypass"))
              .between(Passages.ofKind(Kind.NODE), Passages.PODS)
              .where(Where.SAME_NODE));
    }
    if (context.active("kube-network-policies.pod-to-own-node")) {
      Origin row = context.origin("kube-network-policies.pod-to-own-node");
      boolean early = context.active("kube-network-policies.dns-of-hosts");
      TrafficSet unjudged = early ? TrafficSet.ALL.minus(DNS) : TrafficSet.ALL;
      out.addAll(KnpSources.ownNodeReplies(snapshot, context, unjudged));
      out.add(Passages.podToNode(Where.SAME_NODE, row).carrying(unjudged));
    }
    out.addAll(icmp6(context));
    out.addAll(KnpSources.of(snapshot, context));
    return out;
  }

  /** UDP 53 is judged on the way in only, and IPVS translates later, in LOCAL_IN. */
  private static List<Passage> ipvsDns(Origin row) {
    Via[] translated = {Via.CLUSTER_IP, Via.NODE_PORT, Via.LOAD_BALANCER};
    return List.of(
        Passages.of(new Effect.SeenAs(Direction.EGRESS, new Guise.Called(), true), row)
            .between(Passages.PODS, PeerSpec.ANYONE)
            .via(translated)
            .carrying(DNS),
        Passages.bypass(Where.SAME_NODE, Direction.INGRESS, row)
            .between(Passages.PODS, Passages.PODS)
            .via(translated)
            .carrying(DNS),
        Passages.of(new Effect.Bypass(Direction.INGRESS), row)
            .between(Passages.OUTSIDE, Passages.PODS)
            .via(Via.NODE_PORT, Via.LOAD_BALANCER)
            .carrying(DNS)
            .onlyIf(new Doubt.KnownAtRuntime("which node receives it", row)));
  }

  /** Neighbour discovery by its ICMPv6 types, and for some versions every ICMPv6. */
  private static List<Passage> icmp6(Context context) {
    List<Passage> out = new ArrayList<>();
    for (String row :
        List.of(
            "kube-network-policies.icmpv6-all",
            "kube-network-policies.icmpv6-discovery",
            "kube-network-policies.icmpv6-neighbours")) {
      if (context.active(row)) {
        PeerSpec sixes = new PeerSpec.InRange(IpSet.ALL_V6, Set.of(Kind.values()));
        for (Direction gate : Direction.values()) {
          out.add(
              Passages.of(new Effect.Bypass(gate), context.origin(row))
                  .between(sixes, sixes)
                  .carrying(types(row)));
        }
      }
    }
    return out;
  }

  private static TrafficSet types(String row) {
    return switch (row) {
      case "kube-network-policies.icmpv6-all" -> TrafficSet.all(Protocol.ICMP);
      case "kube-network-policies.icmpv6-discovery" ->
          TrafficSet.of(Protocol.ICMP, 133 * 256, 137 * 256 + 255);
      case String _ -> TrafficSet.of(Protocol.ICMP, 135 * 256, 136 * 256 + 255);
    };
  }
}
