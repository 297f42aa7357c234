package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What Felix, kube-proxy and the network do to packets before policies see them. */
final class CalicoPassages {
  private static final PeerSpec PODS_V6 = new PeerSpec.InRange(IpSet.ALL_V6, Set.of(Kind.POD));

  private static final List<String> UNSEEN =
      List.of("calico.vpp", "calico.windows", "calico.scoped-felix-configuration", "canal.bpf");

  private final Snapshot snapshot;
  private final Context context;
  private final List<Overlay.Look> looks;
  private final List<Passage> out = new ArrayList<>();

  CalicoPassages(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
    this.looks = Overlay.of(snapshot, context);
  }

  /** None where the profile's doubts cover every gate. */
  List<Passage> all() {
    if (UNSEEN.stream().anyMatch(context::active)) {
      return List.of();
    }
    doubtful();
    out.addAll(new HostPassages(snapshot, context).all());
    hairpin();
    ownNode();
    otherNodes();
    masqueraded();
    forwarded();
    return List.copyOf(out);
  }

  /** Where other firewall rules, or nobody knows what, come first. */
  private void doubtful() {
    for (Direction gate : Direction.values()) {
      if (context.active("calico.chain-insert-append")) {
        Origin.BuiltIn origin = context.origin("calico.chain-insert-append");
        String what = "whether another firewall rule of the node accepts it first";
        out.add(
            Passages.of(new Effect.Bypass(gate), origin)
                .onlyIf(new Doubt.KnownAtRuntime(what, origin)));
      }
      for (String row : List.of("calico.ipv6-off", "calico.bpf-ipv6")) {
        if (context.active(row)) {
          Origin.BuiltIn origin = context.origin(row);
          Passage unknown =
              Passages.of(new Effect.Uncertain(gate), origin)
                  .onlyIf(new Doubt.Unverified(row, origin.says()));
          out.add(
              gate == Direction.EGRESS
                  ? unknown.between(PODS_V6, PeerSpec.ANYONE)
                  : unknown.between(PeerSpec.ANYONE, PODS_V6));
        }
      }
    }
  }

  /** A pod's call of itself, with eBPF: turned round inside the pod at connect time, or later. */
  private void hairpin() {
    for (Direction gate : Direction.values()) {
      if (context.active("calico.hairpin-connect-time")) {
        out.add(
            Passages.bypass(Where.ITSELF, gate, context.origin("calico.hairpin-connect-time"))
                .carrying(TrafficSet.all(Protocol.TCP)));
      }
      if (context.active("calico.hairpin-connect-time-udp")) {
        out.add(
            Passages.bypass(Where.ITSELF, gate, context.origin("calico.hairpin-connect-time-udp"))
                .carrying(TrafficSet.all(Protocol.UDP)));
      }
    }
    if (context.active("calico.bpf-hairpin-source")) {
      out.add(
          Passages.of(
                  new Effect.SeenAs(Direction.INGRESS, new Guise.NodeOf(End.SOURCE)),
                  context.origin("calico.bpf-hairpin-source"))
              .where(Where.ITSELF));
    }
  }

  private void ownNode() {
    out.add(
        Passages.nodeToPod(Where.SAME_NODE, context.origin("calico.local-host-to-pod-allowed")));
    out.add(
        Passages.podToNode(Where.SAME_NODE, context.origin("calico.icmpv6-to-own-host"))
            .carrying(neighbours()));
    if (context.active("calico.pod-to-own-host-drop")) {
      out.add(closedToOwnHost(context.origin("calico.pod-to-own-host-drop")));
    }
    if (context.active("calico.pod-to-own-host-return")) {
      Origin.BuiltIn origin = context.origin("calico.pod-to-own-host-return");
      out.add(
          closedToOwnHost(origin)
              .onlyIf(new Doubt.KnownAtRuntime("what the node's own INPUT chain does", origin)));
    }
  }

  private static Passage closedToOwnHost(Origin origin) {
    return Passages.of(new Effect.Closed(Direction.EGRESS), origin)
        .between(Passages.PODS, Passages.HOSTS)
        .where(Where.SAME_NODE);
  }

  /** ICMPv6 as felix/rules/static.go names it; ICMP of IPv4 has no such types. */
  private static TrafficSet neighbours() {
    return TrafficSet.of(Protocol.ICMP, 130 << 8, (133 << 8) + 255)
        .or(TrafficSet.of(Protocol.ICMP, 135 << 8, (136 << 8) + 255));
  }

  private void otherNodes() {
    boolean canal = context.active("canal.remote-host-to-pod-source");
    Origin.BuiltIn origin =
        context.origin(
            canal ? "canal.remote-host-to-pod-source" : "calico.remote-host-to-pod-source");
    for (Overlay.Look look : looks) {
      out.add(seen(look, origin).between(Passages.HOSTS, look.to()));
    }
  }

  private static Passage seen(Overlay.Look look, Origin origin) {
    Passage passage =
        Passages.of(new Effect.SeenAs(Direction.INGRESS, look.guise()), origin)
            .where(Where.OTHER_NODE);
    return look.open()
        .map(what -> passage.onlyIf(new Doubt.KnownAtRuntime(what, origin)))
        .orElse(passage);
  }

  /** kube-proxy changes the source after the policies of the pod's own node were asked. */
  private void masqueraded() {
    if (context.active("calico.kubeproxy-masquerade")) {
      Origin.BuiltIn origin = context.origin("calico.kubeproxy-masquerade");
      for (Overlay.Look look : looks) {
        out.add(seen(look, origin).between(Passages.PODS, look.to()).via(Via.CLUSTER_IP));
      }
      out.add(
          Passages.of(new Effect.SeenAs(Direction.INGRESS, new Guise.NodeOf(End.SOURCE)), origin)
              .between(Passages.PODS, Passages.PODS)
              .via(Via.CLUSTER_IP)
              .where(Where.OTHER_NODE));
    }
  }

  /** Traffic that a node forwards to another one; the only node of a cluster forwards nothing. */
  private void forwarded() {
    if (context.active("calico.loadbalancer-snat") && !Passages.onlyOneNode(snapshot)) {
      Origin.BuiltIn origin = context.origin("calico.loadbalancer-snat");
      Doubt doubt = new Doubt.KnownAtRuntime("which node receives it", origin);
      Passages.forwardedByAnyNode(snapshot)
          .ifPresent(pods ->
              out.add(
                  Passages.of(new Effect.SeenAs(Direction.INGRESS, aNode()), origin)
                      .between(Passages.OUTSIDE, pods)
                      .via(Via.NODE_PORT, Via.LOAD_BALANCER)
                      .onlyIf(doubt)));
    }
    if (context.active("calico.nodeport-from-pod") && !Passages.onlyOneNode(snapshot)) {
      Origin.BuiltIn origin = context.origin("calico.nodeport-from-pod");
      Doubt doubt =
          new Doubt.KnownAtRuntime("whether the node port is that of the pod's own node", origin);
      Effect called = new Effect.SeenAs(Direction.EGRESS, new Guise.SomeNode(), true);
      for (Effect effect : List.of(called, new Effect.SeenAs(Direction.INGRESS, aNode()))) {
        out.add(
            Passages.of(effect, origin)
                .between(Passages.PODS, PeerSpec.ANYONE)
                .via(Via.NODE_PORT)
                .onlyIf(doubt));
      }
    }
  }

  private Guise aNode() {
    return new Guise.SomeNode(Overlay.addresses(looks));
  }
}
