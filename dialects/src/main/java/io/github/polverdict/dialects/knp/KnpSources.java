package io.github.polverdict.dialects.knp;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose address a packet has where the agent judges it: the network beneath decides for nodes,
 * kube-proxy for what comes from outside.
 */
final class KnpSources {
  private static final String REMOTE = "kube-network-policies.remote-node-source";
  private static final String FLANNEL = "kube-network-policies.flannel-source";
  private static final String LABELS = "kube-network-policies.ctlabel";
  private static final String OWN_NODE = "kube-network-policies.own-node-replies";

  private KnpSources() {}

  static List<Passage> of(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    if (context.active(REMOTE)) {
      out.add(remote(new Guise.SomeNode(IpSet.ALL), context.origin(REMOTE)));
    }
    if (context.active(FLANNEL)) {
      Guise tunnel = new Guise.TunnelOf(Passages.flannelAddresses(snapshot));
      out.add(remote(tunnel, context.origin(FLANNEL)));
    }
    Origin forwarded = context.origin("kube-network-policies.nodeport-source");
    Guise node = new Guise.SomeNode(among(snapshot, context));
    Passages.forwardedByAnyNode(snapshot)
        .ifPresent(pods ->
            out.add(
                Passages.of(new Effect.SeenAs(Direction.INGRESS, node), forwarded)
                    .between(Passages.OUTSIDE, pods)
                    .via(Via.NODE_PORT, Via.LOAD_BALANCER)
                    .onlyIf(new Doubt.KnownAtRuntime("which node receives it", forwarded))));
    return out;
  }

  /** The addresses that nodes may have besides those that they are known by. */
  private static IpSet among(Snapshot snapshot, Context context) {
    if (context.active(REMOTE)) {
      return IpSet.ALL;
    }
    return context.active(FLANNEL)
        ? IpSet.union(List.copyOf(Passages.flannelAddresses(snapshot).values()))
        : IpSet.NONE;
  }

  private static Passage remote(Guise guise, Origin origin) {
    return Passages.of(new Effect.SeenAs(Direction.INGRESS, guise), origin)
        .between(Passages.HOSTS, Passages.PODS)
        .where(Where.OTHER_NODE);
  }

  /**
   * Connections whose replies are judged as connections of their own: those of pods that are
   * isolated for ingress, and those to pods that are isolated for egress.
   */
  static List<Passage> replies(Snapshot snapshot, Context context) {
    if (!context.active(LABELS)) {
      return List.of();
    }
    Origin.BuiltIn row = context.origin(LABELS);
    Doubt doubt = Doubt.Unverified.of(row);
    List<Passage> out = new ArrayList<>();
    for (Selector pods : NetworkPolicies.subjects(snapshot, Optional::of, Direction.INGRESS)) {
      out.add(
          Passages.of(new Effect.Uncertain(Direction.EGRESS), row)
              .between(new PeerSpec.Selected(pods), PeerSpec.ANYONE)
              .onlyIf(doubt));
    }
    for (Selector pods : NetworkPolicies.subjects(snapshot, Optional::of, Direction.EGRESS)) {
      out.add(
          Passages.of(new Effect.Uncertain(Direction.INGRESS), row)
              .between(PeerSpec.ANYONE, new PeerSpec.Selected(pods))
              .onlyIf(doubt));
    }
    return out;
  }

  /**
   * Connections to the own node that nobody judged, so that they have no label, and whose replies
   * are judged as connections to a pod that is isolated for ingress, unless root sends them.
   */
  static List<Passage> ownNodeReplies(Snapshot snapshot, Context context, TrafficSet unjudged) {
    if (!context.active(OWN_NODE)) {
      return List.of();
    }
    Origin row = context.origin(OWN_NODE);
    Doubt answers = new Doubt.KnownAtRuntime("whether root's process answers", row);
    List<Passage> out = new ArrayList<>();
    for (Selector pods : NetworkPolicies.subjects(snapshot, Optional::of, Direction.INGRESS)) {
      out.add(ownNodeReply(pods, row, unjudged).onlyIf(answers));
    }
    NetworkPolicies.unreadable(snapshot)
        .forEach((pods, doubt) -> out.add(ownNodeReply(pods, row, unjudged).onlyIf(doubt)));
    return out;
  }

  private static Passage ownNodeReply(Selector pods, Origin row, TrafficSet unjudged) {
    return Passages.of(new Effect.Uncertain(Direction.EGRESS), row)
        .between(new PeerSpec.Selected(pods), Passages.HOSTS)
        .where(Where.SAME_NODE)
        .carrying(unjudged);
  }
}
