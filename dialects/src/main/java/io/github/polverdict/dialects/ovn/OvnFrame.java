package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
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
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * OVN's ACL tiers: Admin, NetworkPolicy, Baseline; the egress firewall stands in a stage of its own
 * that must let pass too, so that its order to the others does not matter. And how traffic of nodes
 * and through Services looks to them.
 */
final class OvnFrame {
  private static final IpSet JOIN = IpSet.cidr("100.64.0.0/16").orElseThrow();
  private static final Via[] SERVICES = {Via.CLUSTER_IP, Via.NODE_PORT, Via.LOAD_BALANCER};

  private final Snapshot snapshot;
  private final Context context;

  private OvnFrame(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
  }

  static Frame of(Snapshot snapshot, Context context) {
    Traits traits = new Traits(Established.IS_CUT, Denial.SILENT_DROP, Mode.ENFORCING);
    List<TierFrame> tiers =
        List.of(
            new TierFrame(EgressFirewalls.TIER, List.of(), Action.PASS),
            new TierFrame(ClusterReading.ADMIN, List.of(), Action.PASS),
            new TierFrame(Reading.TIER, List.of(), Action.DENY),
            new TierFrame(ClusterReading.BASELINE, List.of(), Action.PASS));
    return new Frame(
        true,
        Standard.in(Reading.TIER),
        tiers,
        new OvnFrame(snapshot, context).passages(),
        View.CLEAR,
        traits,
        Action.ALLOW,
        List.of());
  }

  private List<Passage> passages() {
    List<Passage> out = new ArrayList<>(networks());
    if (context.active("ovn-kubernetes.hairpin")) {
      out.addAll(hairpin());
    }
    Origin ownNode = context.origin("ovn-kubernetes.own-node-allowed-in");
    out.add(Passages.nodeToPod(Where.SAME_NODE, ownNode).via(Via.POD_ADDRESS));
    out.addAll(
        hosts(HostNetwork.managementPorts(snapshot), IpSet.ALL, "remote-node-source").stream()
            .map(p -> p.where(Where.OTHER_NODE).via(Via.POD_ADDRESS))
            .toList());
    if (context.active("ovn-kubernetes.host-service-source")) {
      out.addAll(
          hosts(HostNetwork.gatewayRouters(snapshot), JOIN, "host-service-source").stream()
              .map(p -> p.via(SERVICES))
              .toList());
    }
    Origin outside = context.origin("ovn-kubernetes.nodeport-source");
    Passages.forwardedByAnyNode(snapshot)
        .ifPresent(pods ->
            out.add(
                Passages.of(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode(JOIN)), outside)
                    .between(Passages.OUTSIDE, pods)
                    .via(Via.NODE_PORT, Via.LOAD_BALANCER)));
    return out;
  }

  /**
   * Nodes in front of pods with the addresses of a map, or with one among others when a node's is
   * not known.
   */
  private List<Passage> hosts(Map<String, IpSet> addresses, IpSet among, String row) {
    Origin origin = context.origin("ovn-kubernetes." + row);
    List<Passage> out = new ArrayList<>();
    addresses
        .keySet()
        .forEach(node ->
            out.add(
                Passages.of(
                        new Effect.SeenAs(Direction.INGRESS, new Guise.TunnelOf(addresses)), origin)
                    .between(on(node), Passages.PODS)));
    out.add(
        Passages.of(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode(among)), origin)
            .between(Passages.HOSTS, Passages.PODS));
    return out;
  }

  private static PeerSpec on(String node) {
    return new PeerSpec.Selected(
        Selector.and(
            new Selector.OfKind(Set.of(Kind.NODE, Kind.HOST_POD)), new Selector.OnNode(node)));
  }

  /**
   * The ACL for hairpinned traffic is in the tier of NetworkPolicies, behind that of
   * AdminNetworkPolicies, whose egress rules may match the pod itself.
   */
  private List<Passage> hairpin() {
    List<Passage> out = new ArrayList<>();
    Origin.BuiltIn row = context.origin("ovn-kubernetes.hairpin-admin");
    if (!context.active("ovn-kubernetes.anp-off")) {
      snapshot.ofKind("AdminNetworkPolicy").stream()
          .flatMap(d ->
              ClusterPolicies.compile(d, ClusterReading.specification(context)).value().stream())
          .map(Placed::block)
          .filter(b -> b.direction() == Direction.EGRESS)
          .map(b ->
              Passages.of(new Effect.Uncertain(Direction.EGRESS), row)
                  .between(new PeerSpec.Selected(b.subject()), PeerSpec.ANYONE)
                  .where(Where.ITSELF)
                  .onlyIf(Doubt.Unverified.of(row)))
          .forEach(out::add);
    }
    Origin always = context.origin("ovn-kubernetes.hairpin");
    for (Direction gate : Direction.values()) {
      out.add(Passages.bypass(Where.ITSELF, gate, always));
    }
    return out;
  }

  /** Pods of namespaces with a primary network of their own are not reached by the default one. */
  private List<Passage> networks() {
    Origin.BuiltIn row = context.origin("ovn-kubernetes.primary-network");
    PeerSpec ends =
        new PeerSpec.Selected(
            new Selector.HasLabel(
                Selector.Scope.NAMESPACE, "k8s.ovn.org/primary-user-defined-network"));
    List<Passage> out = new ArrayList<>();
    for (Direction gate : Direction.values()) {
      Passage either =
          Passages.of(new Effect.Uncertain(gate), row).onlyIf(Doubt.Unverified.of(row));
      out.add(either.between(ends, PeerSpec.ANYONE));
      out.add(either.between(PeerSpec.ANYONE, ends));
    }
    return out;
  }
}
