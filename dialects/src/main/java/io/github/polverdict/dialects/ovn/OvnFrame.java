package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
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
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * OVN's ACL tiers: Admin, NetworkPolicy, Baseline; the egress firewall stands in a stage of its own
 * that must let pass too, so that its order to the others does not matter.
 */
final class OvnFrame {
  private static final IpSet JOIN = IpSet.cidr("100.64.0.0/16").orElseThrow();

  private OvnFrame() {}

  static Frame of(Snapshot snapshot, Context context) {
    Traits traits = new Traits(Established.IS_CUT, Denial.SILENT_DROP, Mode.ENFORCING);
    List<TierFrame> tiers =
        List.of(
            new TierFrame(EgressFirewalls.TIER, List.of(), Action.PASS),
            new TierFrame(ClusterReading.ADMIN, List.of(), Action.PASS),
            new TierFrame(Reading.TIER, icmp(context), Action.DENY),
            new TierFrame(ClusterReading.BASELINE, List.of(), Action.PASS));
    return new Frame(
        true, Reading.TIER, tiers, passages(snapshot, context), View.CLEAR, traits, Action.ALLOW);
  }

  private static List<Block> icmp(Context context) {
    if (!context.active("ovn-kubernetes.icmp-bypass-flag")) {
      return List.of();
    }
    Origin row = context.origin("ovn-kubernetes.icmp-bypass-flag");
    TrafficSpec icmp = new TrafficSpec.Numeric(TrafficSet.all(Protocol.ICMP));
    Rule allow = Rule.allow(List.of(PeerSpec.ANYONE), List.of(icmp), row);
    return Stream.of(Direction.values())
        .map(d ->
            new Block(
                "--allow-icmp-network-policy",
                Selector.pods(),
                d,
                false,
                List.of(allow),
                List.of(),
                row))
        .toList();
  }

  private static List<Passage> passages(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    Origin ownNode = context.origin("ovn-kubernetes.own-node-allowed-in");
    out.add(Passages.nodeToPod(Where.SAME_NODE, ownNode));
    if (context.active("ovn-kubernetes.hairpin")) {
      for (Direction gate : Direction.values()) {
        out.add(Passages.bypass(Where.ITSELF, gate, context.origin("ovn-kubernetes.hairpin")));
      }
    }
    Guise port = new Guise.TunnelOf(HostNetwork.managementPorts(snapshot));
    out.add(
        Passages.of(
                new Effect.SeenAs(Direction.INGRESS, port),
                context.origin("ovn-kubernetes.remote-node-source"))
            .between(Passages.HOSTS, Passages.PODS)
            .where(Where.OTHER_NODE));
    Passages.forwardedByAnyNode(snapshot)
        .ifPresent(pods ->
            out.add(
                Passages.of(
                        new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode(JOIN)),
                        context.origin("ovn-kubernetes.nodeport-source"))
                    .between(Passages.OUTSIDE, pods)
                    .via(Via.NODE_PORT, Via.LOAD_BALANCER)));
    return out;
  }
}
