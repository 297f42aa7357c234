package io.github.polverdict.dialects.azurenpm;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
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
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the chains of Azure NPM see: new connections that are forwarded, after translation, but not
 * what kube-proxy marks for masquerading, unless they come before kube-proxy's.
 */
final class AzureNpmFrame {
  private static final String BYPASS = "azure-npm.lb-nodeport-bypass";
  private static final String HAIRPIN = "azure-npm.hairpin";
  private static final String FROM_POD = "azure-npm.nodeport-from-pod";
  private static final String SOURCE = "azure-npm.forwarded-source";

  private static final PeerSpec NO_PODS = new PeerSpec.Selected(new Selector.Not(Selector.pods()));

  private final Snapshot snapshot;
  private final Context context;
  private final boolean oneNode;
  private final List<Passage> passages = new ArrayList<>();

  private AzureNpmFrame(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
    this.oneNode = Passages.onlyOneNode(snapshot);
  }

  static Frame of(Snapshot snapshot, Context context) {
    AzureNpmFrame frame = new AzureNpmFrame(snapshot, context);
    frame.local();
    Passages.forwardedByAnyNode(snapshot).ifPresent(frame::forwarded);
    frame.fromPods();
    frame.ipv6();
    return Passages.frame(frame.passages, View.CLEAR, Traits.USUAL);
  }

  /** What a pod has to do with its own node, and with itself. */
  private void local() {
    if (context.active("azure-npm.forward-only")) {
      Origin origin = context.origin("azure-npm.forward-only");
      passages.add(Passages.nodeToPod(Where.SAME_NODE, origin));
      passages.add(Passages.podToNode(Where.SAME_NODE, origin));
    }
    if (context.active(HAIRPIN)) {
      for (Direction gate : Direction.values()) {
        Passage past = Passages.bypass(Where.ITSELF, gate, context.origin(HAIRPIN));
        passages.add(past.via(Via.CLUSTER_IP, Via.LOAD_BALANCER));
        passages.addAll(ownPort(past.via(Via.NODE_PORT)));
      }
    }
  }

  /** By its own node's port; another node's leads back to it only where any node forwards. */
  private List<Passage> ownPort(Passage by) {
    return Passages.forwardable(snapshot)
        .map(pods ->
            List.of(
                by.between(
                    PeerSpec.ANYONE,
                    new PeerSpec.Selected(Selector.and(Selector.pods(), new Selector.Not(pods)))),
                perhaps(by)))
        .orElseGet(() -> List.of(by));
  }

  /** Calls that any node may receive, for these pods: marked there, and with its address then. */
  private void forwarded(PeerSpec pods) {
    boolean past = context.active(BYPASS);
    if (past) {
      Passage in = bypass(Direction.INGRESS).between(PeerSpec.ANYONE, pods);
      Passage out = bypass(Direction.EGRESS).between(Passages.PODS, pods);
      Via balancer = Via.LOAD_BALANCER; // a pod's own node receives its calls
      passages.add(in.between(Passages.PODS, pods).via(balancer).where(Where.SAME_NODE));
      passages.add(perhaps(in.between(Passages.PODS, pods).via(Via.NODE_PORT)));
      passages.add(perhaps(in.between(NO_PODS, pods).via(Via.NODE_PORT, balancer)));
      passages.add(out.via(balancer));
      passages.add(perhaps(out.via(Via.NODE_PORT)));
    }
    if (past && !oneNode) {
      passages.add(anotherNodesPort().between(Passages.PODS, pods));
    }
    if (context.active(SOURCE) && !oneNode) {
      Passage seen =
          Passages.of(
                  new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode()),
                  context.origin(SOURCE))
              .between(PeerSpec.ANYONE, pods)
              .via(Via.NODE_PORT, Via.LOAD_BALANCER);
      passages.add(past ? seen : perhaps(seen));
    }
  }

  private Passage bypass(Direction gate) {
    return Passages.of(new Effect.Bypass(gate), context.origin(BYPASS));
  }

  private Passage perhaps(Passage passage) {
    return oneNode
        ? passage
        : passage.onlyIf(new Doubt.KnownAtRuntime("which node receives it", passage.origin()));
  }

  private void fromPods() {
    if (context.active(FROM_POD) && !oneNode) {
      passages.add(perhaps(anotherNodesPort()));
    }
  }

  /** What the pod's own node does not translate. */
  private Passage anotherNodesPort() {
    Effect called = new Effect.SeenAs(Direction.EGRESS, new Guise.SomeNode(), true);
    return Passages.of(called, context.origin(FROM_POD))
        .between(Passages.PODS, PeerSpec.ANYONE)
        .via(Via.NODE_PORT);
  }

  private void ipv6() {
    if (!context.active("azure-npm.ipv6")) {
      return;
    }
    Origin.BuiltIn origin = context.origin("azure-npm.ipv6");
    PeerSpec sixes = new PeerSpec.InRange(IpSet.ALL_V6, Set.of(Kind.values()));
    for (Direction gate : Direction.values()) {
      passages.add(
          Passages.of(new Effect.Uncertain(gate), origin)
              .between(sixes, sixes)
              .onlyIf(Doubt.Unverified.of(origin)));
    }
  }
}
