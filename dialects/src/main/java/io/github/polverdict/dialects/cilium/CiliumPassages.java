package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.cilium.policy.CiliumPolicies;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** How packets come to Cilium's gates. */
final class CiliumPassages {
  private static final String OUTSIDE = "cilium.remote-node-is-outside";

  private CiliumPassages() {}

  static List<Passage> of(Snapshot snapshot, Context context, Localhost localhost) {
    List<Passage> out = new ArrayList<>(KnownLabels.passages(snapshot, context));
    out.addAll(NodeAddresses.passages(snapshot, context));
    out.addAll(NameCaches.passages(snapshot, context));
    out.addAll(LocalRedirects.unread(snapshot, context));
    if (context.active("cilium.hairpin-world")) {
      Origin origin = context.origin("cilium.hairpin-world");
      Effect world = new Effect.SeenAs(Direction.EGRESS, new Guise.World());
      out.add(Passages.of(world, origin).where(Where.ITSELF));
    } else {
      Origin origin = context.origin("cilium.hairpin-allowed");
      // kube-proxy's node ports leave the pod towards the node and come back as from any other pod
      Via[] own =
          context.active("cilium.nodeport-from-pod")
              ? new Via[] {Via.POD_ADDRESS, Via.CLUSTER_IP, Via.LOAD_BALANCER}
              : Via.values();
      out.add(Passages.bypass(Where.ITSELF, Direction.EGRESS, origin).via(own));
      out.add(Passages.bypass(Where.ITSELF, Direction.INGRESS, origin).via(own));
    }
    localhost.passage().ifPresent(out::add);
    out.addAll(otherNodes(context));
    if (context.active("cilium.nodeport-from-pod") && !context.active(OUTSIDE)) {
      Effect node = new Effect.SeenAs(Direction.EGRESS, new Guise.SomeNode(), true);
      out.add(
          Passages.of(node, context.origin("cilium.nodeport-from-pod"))
              .between(Passages.PODS, PeerSpec.ANYONE)
              .via(Via.NODE_PORT));
    }
    out.addAll(throughHosts(snapshot, context));
    if (!Passages.onlyOneNode(snapshot)) {
      out.addAll(fromOutside(context)); // a single node is always the backend's own
    }
    return out;
  }

  /**
   * Calls of node ports come to a node's own gate first where policies guard nodes' ingress. A
   * node's calls of its own ports do not.
   */
  private static List<Passage> throughHosts(Snapshot snapshot, Context context) {
    String row = "cilium.host-firewall-node-ports";
    if (!context.active(row) || !CiliumPolicies.guardNodes(snapshot, context)) {
      return List.of();
    }
    Origin.BuiltIn origin = context.origin(row);
    Passage closed =
        Passages.of(new Effect.Closed(Direction.INGRESS), origin)
            .via(Via.NODE_PORT)
            .onlyIf(Doubt.Unverified.of(origin));
    List<Passage> out = new ArrayList<>();
    out.add(closed.between(Passages.PODS, PeerSpec.ANYONE));
    out.add(closed.between(Passages.OUTSIDE, PeerSpec.ANYONE));
    if (!Passages.onlyOneNode(snapshot)) {
      out.add(closed.between(Passages.HOSTS, PeerSpec.ANYONE));
    }
    return out;
  }

  /** Nodes without an identity; which one a call of a node port comes from or goes to is open. */
  private static List<Passage> otherNodes(Context context) {
    if (!context.active(OUTSIDE)) {
      return List.of();
    }
    Origin.BuiltIn row = context.origin(OUTSIDE);
    List<Passage> out = new ArrayList<>();
    Effect called = new Effect.SeenAs(Direction.EGRESS, new Guise.Outsider(End.DESTINATION));
    out.add(
        Passages.of(called, row).between(Passages.PODS, Passages.HOSTS).where(Where.OTHER_NODE));
    if (context.setting("routing-mode").equals("native")) {
      Effect sender = new Effect.SeenAs(Direction.INGRESS, new Guise.Outsider(End.SOURCE));
      out.add(
          Passages.of(sender, row).between(Passages.HOSTS, Passages.PODS).where(Where.OTHER_NODE));
    }
    for (Direction gate : Direction.values()) {
      out.add(
          Passages.of(new Effect.Uncertain(gate), row)
              .between(PeerSpec.ANYONE, Passages.PODS)
              .via(Via.NODE_PORT, Via.LOAD_BALANCER)
              .onlyIf(Doubt.Unverified.of(row)));
    }
    return out;
  }

  /** Outside traffic that a node translates may lose its source. */
  private static List<Passage> fromOutside(Context context) {
    List<Passage> out = new ArrayList<>();
    if (context.active(OUTSIDE)) {
      return out; // told above
    }
    if (context.active("cilium.kubeproxy-n-s")) {
      Origin.BuiltIn origin = context.origin("cilium.kubeproxy-n-s");
      out.add(translated(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode()), origin));
    } else if (context.active("cilium.n-s-source-world")) {
      Origin.BuiltIn origin = context.origin("cilium.n-s-source-world");
      out.add(translated(new Effect.SeenAs(Direction.INGRESS, new Guise.World()), origin));
    } else if (context.active("cilium.n-s-source-remote-node")) {
      Origin.BuiltIn origin = context.origin("cilium.n-s-source-remote-node");
      out.add(translated(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode()), origin));
    }
    return out;
  }

  private static Passage translated(Effect effect, Origin.BuiltIn origin) {
    String what =
        "which node receives it, and whether the Service's externalTrafficPolicy keeps its source";
    return Passages.of(effect, origin)
        .between(Passages.OUTSIDE, Passages.PODS)
        .via(Via.NODE_PORT, Via.LOAD_BALANCER)
        .onlyIf(new Doubt.KnownAtRuntime(what, origin));
  }
}
