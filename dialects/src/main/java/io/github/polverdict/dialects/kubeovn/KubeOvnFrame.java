package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
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
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.kubeovn.Attachments.Member;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.AddressTexts;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The stages and tiers of OVN's ACLs in Kube-OVN's use, and what happens before them. */
final class KubeOvnFrame {
  private static final int NODES = 3000;

  private final Snapshot snapshot;
  private final Context context;
  private final Attachments attachments;
  private final List<Passage> passages = new ArrayList<>();

  private KubeOvnFrame(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
    this.attachments = new Attachments(snapshot);
  }

  static Frame of(Snapshot snapshot, Context context) {
    KubeOvnFrame frame = new KubeOvnFrame(snapshot, context);
    frame.services();
    frame.sources();
    frame.networks();
    Origin.BuiltIn stage = context.origin("kube-ovn.switch-before-lb");
    List<Block> services =
        context.active("kube-ovn.switch-before-lb")
            ? List.of(Acls.servicesHadTheirTurn(stage))
            : List.of();
    return new Frame(
        true,
        Standard.in(Reading.TIER),
        List.of(
            new TierFrame(Acls.SERVICES, List.of(), Action.PASS),
            new TierFrame(Acls.SWITCH, services, Action.PASS),
            new TierFrame(ClusterReading.ADMIN, List.of(), Action.PASS),
            new TierFrame(Reading.TIER, frame.ownNodes(), Action.DENY),
            new TierFrame(Acls.SUBNET, List.of(), Action.PASS),
            new TierFrame(ClusterReading.BASELINE, List.of(), Action.PASS)),
        frame.passages,
        View.CLEAR,
        new Traits(Established.IS_CUT, Denial.SILENT_DROP, Mode.ENFORCING),
        Action.ALLOW,
        List.of());
  }

  /** Nodes and their own pods, at a priority over those of NetworkPolicies. */
  private List<Block> ownNodes() {
    List<Block> out = new ArrayList<>();
    Origin.BuiltIn row = context.origin("kube-ovn.own-node");
    for (Document node : snapshot.ofKind("Node")) {
      Selector here = new Selector.OnNode(node.id().name());
      Selector hosts = Selector.and(new Selector.OfKind(Set.of(Kind.NODE, Kind.HOST_POD)), here);
      for (Direction direction : Direction.values()) {
        Rule allow =
            new Rule(
                Acls.POLICY_ALLOWS - NODES,
                List.of(new PeerSpec.Selected(hosts)),
                List.of(TrafficSpec.ALL),
                Action.ALLOW,
                List.of(),
                row);
        out.add(
            new Block(
                node.id().text(),
                Selector.and(Selector.pods(), here),
                direction,
                false,
                List.of(allow),
                List.of(),
                row));
      }
    }
    return out;
  }

  /** Where egress policies look before a Service's address is translated. */
  private void services() {
    for (String row : List.of("kube-ovn.policies-before-lb", "kube-ovn.no-lb")) {
      if (context.active(row)) {
        passages.add(
            Passages.of(
                    new Effect.SeenAs(Direction.EGRESS, new Guise.Called(), true),
                    context.origin(row))
                .between(Passages.PODS, PeerSpec.ANYONE)
                .via(Via.CLUSTER_IP, Via.LOAD_BALANCER));
      }
    }
    passages.add(
        Passages.of(
                new Effect.SeenAs(Direction.EGRESS, new Guise.SomeNode(), true),
                context.origin("kube-ovn.nodeport-from-pod"))
            .between(Passages.PODS, PeerSpec.ANYONE)
            .via(Via.NODE_PORT));
    Origin.BuiltIn hairpin = context.origin("kube-ovn.hairpin");
    for (Direction gate : Direction.values()) {
      passages.add(
          Passages.bypass(Where.ITSELF, gate, hairpin).onlyIf(Doubt.Unverified.of(hairpin)));
    }
  }

  /** What nodes, and what they pass on, look like to pods: an address of the join network. */
  private void sources() {
    IpSet join = IpSet.cidr(context.setting("node-switch-cidr")).orElse(IpSet.ALL_V4);
    Guise node = new Guise.SomeNode(join);
    if (context.active("kube-ovn.remote-node-address")) {
      passages.add(
          otherNodes(ofNodes(join, true), "kube-ovn.remote-node-address").via(Via.POD_ADDRESS));
    }
    passages.add(otherNodes(ofNodes(join, false), "kube-ovn.remote-node-source"));
    Origin.BuiltIn row = context.origin("kube-ovn.nodeport-source");
    Passages.forwardedByAnyNode(snapshot)
        .ifPresent(pods ->
            passages.add(
                Passages.of(new Effect.SeenAs(Direction.INGRESS, node), row)
                    .between(Passages.OUTSIDE, pods)
                    .via(Via.NODE_PORT, Via.LOAD_BALANCER)
                    .onlyIf(Doubt.Unverified.of(row))));
  }

  private Passage otherNodes(Map<String, IpSet> addresses, String row) {
    return Passages.of(
            new Effect.SeenAs(Direction.INGRESS, new Guise.TunnelOf(addresses)),
            context.origin(row))
        .between(Passages.HOSTS, Passages.PODS)
        .where(Where.OTHER_NODE);
  }

  /**
   * Each node by its own addresses or by one of the join network.
   *
   * @param surely whether it is an internal one of its own, if it has such
   */
  private Map<String, IpSet> ofNodes(IpSet join, boolean surely) {
    Map<String, IpSet> out = new TreeMap<>();
    for (Document node : snapshot.ofKind("Node")) {
      List<Field> addresses = node.at("status", "addresses").items();
      IpSet internal =
          own(addresses.stream().filter(a -> a.get("type").text("").equals("InternalIP")).toList());
      out.put(node.id().name(), surely && !internal.isEmpty() ? internal : own(addresses).or(join));
    }
    return out;
  }

  private static IpSet own(List<Field> addresses) {
    return AddressTexts.read(addresses.stream().map(a -> a.get("address")));
  }

  /** Pods of other VPCs than the cluster's own are on networks of their own. */
  private void networks() {
    List<Member> apart = new ArrayList<>();
    for (Document subnet : snapshot.ofKind(Attachments.SUBNET)) {
      String vpc = subnet.at("spec", "vpc").text("");
      if (!vpc.isEmpty() && !vpc.equals("ovn-cluster")) {
        apart.addAll(attachments.on(subnet));
      }
    }
    if (apart.isEmpty()) {
      return;
    }
    Origin.BuiltIn row = context.origin("kube-ovn.vpc");
    PeerSpec inside = new PeerSpec.Selected(Attachments.selector(apart));
    Passage unclear = Passages.of(new Effect.Uncertain(Direction.EGRESS), row);
    Passage entering = Passages.of(new Effect.Uncertain(Direction.INGRESS), row);
    Doubt doubt = Doubt.Unverified.of(row);
    passages.addFirst(unclear.between(inside, PeerSpec.ANYONE).onlyIf(doubt));
    passages.addFirst(entering.between(PeerSpec.ANYONE, inside).onlyIf(doubt));
  }
}
