package io.github.polverdict.dialects.kuberouter;

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
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for kube-router as a whole: its common chain, its exemptions, the overlay's addresses.
 */
final class KubeRouterFrame {
  private static final Set<Kind> ALL_KINDS = Set.of(Kind.values());
  private static final String DEFAULT_DENY = "kube-router.default-deny";
  private static final String UNRESTRICTED_CLIENT = "kube-router.icmp-unrestricted-client";

  /**
   * ICMP echo request, destination unreachable and time exceeded (pkg/utils/iptables.go,
   * CommonICMPRules); ICMP numbers are type * 256 + code.
   */
  private static final TrafficSet ALWAYS_ICMP = types(8).or(types(3)).or(types(11));

  /** The same for ICMPv6, and echo replies, neighbour solicitation and advertisement. */
  private static final TrafficSet ALWAYS_ICMP6 =
      types(128).or(types(1)).or(types(3)).or(types(129)).or(types(135)).or(types(136));

  private KubeRouterFrame() {}

  private static TrafficSet types(int type) {
    return TrafficSet.of(Protocol.ICMP, type * 256, type * 256 + 255);
  }

  static Frame of(Snapshot snapshot, Context context, Traits traits) {
    List<TierFrame> tiers = new ArrayList<>();
    if (context.active("kube-router.icmp-always-allowed")) {
      tiers.add(
          new TierFrame(
              "common", common(context.origin("kube-router.icmp-always-allowed")), Action.DENY));
    }
    tiers.add(new TierFrame(Reading.TIER, List.of(), Action.DENY));
    return new Frame(
        !context.active("kube-router.firewall-off"),
        Standard.in(Reading.TIER),
        tiers,
        passages(snapshot, context),
        View.CLEAR,
        traits,
        Action.ALLOW,
        List.of());
  }

  /** The rules that are before every policy. They isolate nobody. */
  private static List<Block> common(Origin origin) {
    List<Block> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      List<Rule> rules =
          List.of(
              Rule.allow(
                  range(IpSet.ALL_V4), List.of(new TrafficSpec.Numeric(ALWAYS_ICMP)), origin),
              Rule.allow(
                  range(IpSet.ALL_V6), List.of(new TrafficSpec.Numeric(ALWAYS_ICMP6)), origin));
      out.add(
          new Block(
              "kube-router's common chain",
              Selector.pods(),
              direction,
              false,
              rules,
              List.of(),
              origin));
    }
    return out;
  }

  private static List<PeerSpec> range(IpSet addresses) {
    return List.of(new PeerSpec.InRange(addresses, ALL_KINDS));
  }

  private static List<Passage> passages(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    if (context.active("kube-router.ipv6-off")) {
      Origin off = context.origin("kube-router.ipv6-off");
      PeerSpec sixes = new PeerSpec.InRange(IpSet.ALL_V6, ALL_KINDS);
      for (Direction gate : Direction.values()) {
        out.add(Passages.of(new Effect.Bypass(gate), off).between(sixes, sixes));
      }
    }
    out.add(Passages.nodeToPod(Where.SAME_NODE, context.origin("kube-router.own-node-allowed-in")));
    out.add(nodePorts(context));
    out.addAll(acceptedPings(context));
    if (context.active("k3s.remote-node-source")) {
      out.add(
          Passages.of(
                  new Effect.SeenAs(
                      Direction.INGRESS, new Guise.TunnelOf(Passages.flannelAddresses(snapshot))),
                  context.origin("k3s.remote-node-source"))
              .between(Passages.HOSTS, Passages.PODS)
              .where(Where.OTHER_NODE));
    }
    out.addAll(strangers(snapshot, context));
    Origin.BuiltIn outside = context.origin("kube-router.nodeport-src");
    out.add(
        Passages.of(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode()), outside)
            .between(Passages.OUTSIDE, Passages.PODS)
            .via(Via.NODE_PORT, Via.LOAD_BALANCER)
            .onlyIf(new Doubt.KnownAtRuntime("which node receives it", outside)));
    return out;
  }

  /**
   * ICMP that a pod without policies of one direction accepts before the other pod's chain is asked
   * (a0442e5a): it may pass where it is denied, never the other way round.
   */
  private static List<Passage> acceptedPings(Context context) {
    List<Passage> out = new ArrayList<>();
    if (context.active(UNRESTRICTED_CLIENT)) {
      Origin.BuiltIn row = context.origin(UNRESTRICTED_CLIENT);
      for (Direction gate : Direction.values()) {
        out.add(
            Passages.of(new Effect.Bypass(gate), row)
                .between(Passages.PODS, Passages.PODS)
                .where(Where.SAME_NODE)
                .carrying(TrafficSet.of(Protocol.ICMP, 0, 65535))
                .onlyIf(Doubt.Unverified.of(row)));
      }
    }
    return out;
  }

  /** Pods whose hostIP is none of their node's addresses: no agent takes them for its own. */
  private static List<Passage> strangers(Snapshot snapshot, Context context) {
    Origin origin = context.origin("kube-router.local-pod-by-hostip");
    boolean refused = context.active(DEFAULT_DENY);
    List<Passage> out = new ArrayList<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      String hostIp = pod.at("status", "hostIP").text("");
      Optional<Document> node = snapshot.find("Node", "", pod.at("spec", "nodeName").text(""));
      List<String> known =
          node.map(n -> n.at("status", "addresses").items()).orElse(List.of()).stream()
              .map(a -> a.get("address").text(""))
              .toList();
      if (!hostIp.isEmpty() && !known.isEmpty() && !known.contains(hostIp)) {
        PeerSpec it =
            new PeerSpec.Selected(new Selector.Is(pod.id().namespace() + "/" + pod.id().name()));
        for (Direction gate : Direction.values()) {
          Passage passage =
              refused ? unsure(gate, context) : Passages.of(new Effect.Bypass(gate), origin);
          out.add(
              switch (gate) {
                case EGRESS -> passage.between(it, PeerSpec.ANYONE);
                case INGRESS -> passage.between(PeerSpec.ANYONE, it);
              });
        }
      }
    }
    return out;
  }

  private static Passage unsure(Direction gate, Context context) {
    Origin.BuiltIn row = context.origin(DEFAULT_DENY);
    return Passages.of(new Effect.Uncertain(gate), row).onlyIf(Doubt.Unverified.of(row));
  }

  /** The NodePort range of the own node is exempt from egress policies. */
  private static Passage nodePorts(Context context) {
    String[] range = context.setting("service-node-port-range").split("[-:]", 2);
    int first = Integer.parseInt(range[0]);
    int last = Integer.parseInt(range[range.length - 1]);
    TrafficSet traffic =
        TrafficSet.of(Protocol.TCP, first, last).or(TrafficSet.of(Protocol.UDP, first, last));
    if (context.active("kube-router.sctp-node-ports")) {
      traffic = traffic.or(TrafficSet.of(Protocol.SCTP, first, last));
    }
    return Passages.podToNode(Where.SAME_NODE, context.origin("kube-router.pod-to-own-node"))
        .carrying(traffic);
  }
}
