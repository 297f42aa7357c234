package io.github.polverdict.dialects.aws;

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
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The programs on the node's side of a pod's interface: egress before translation, ingress after
 * masquerading, the own node always; in strict mode a pod without policies is closed.
 */
final class AwsFrame {
  /** Strict mode: what policies of the other direction open. */
  static final String OTHER_DIRECTION = "policies of the other direction";

  private static final String STRICT = "strict mode";

  private AwsFrame() {}

  static Frame of(Snapshot snapshot, Context context) {
    List<TierFrame> tiers = new ArrayList<>();
    tiers.add(new TierFrame(Reading.TIER, List.of(), Action.DENY));
    if (context.active("aws-vpc-cni.strict-mode")) {
      tiers.add(new TierFrame(OTHER_DIRECTION, List.of(), Action.PASS));
      tiers.add(new TierFrame(STRICT, closed(context), Action.DENY));
    }
    return new Frame(
        !context.active("aws-vpc-cni.off"),
        Reading.TIER,
        tiers,
        passages(snapshot, context),
        View.CLEAR,
        Traits.USUAL,
        Action.ALLOW);
  }

  private static List<Block> closed(Context context) {
    Origin row = context.origin("aws-vpc-cni.strict-mode");
    return Stream.of(Direction.values())
        .map(d -> new Block(STRICT, Selector.pods(), d, true, List.of(), List.of(), row))
        .toList();
  }

  private static List<Passage> passages(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    PeerSpec sixes = new PeerSpec.InRange(IpSet.ALL_V6, Set.of(Kind.values()));
    for (Direction gate : Direction.values()) {
      out.add(
          Passages.of(new Effect.Bypass(gate), context.origin("aws-vpc-cni.icmpv6"))
              .between(sixes, sixes)
              .carrying(TrafficSet.all(Protocol.ICMP)));
    }
    out.addAll(shared(snapshot, context));
    Origin ownNode = context.origin("aws-vpc-cni.own-node-always");
    out.add(
        Passages.nodeToPod(Where.SAME_NODE, ownNode)
            .between(Passages.HOSTS, known(snapshot, context)));
    out.add(Passages.podToNode(Where.SAME_NODE, ownNode).via(Via.POD_ADDRESS));
    out.add(
        Passages.of(
                new Effect.SeenAs(Direction.EGRESS, new Guise.Called(), true),
                context.origin("aws-vpc-cni.egress-before-translation"))
            .between(Passages.PODS, PeerSpec.ANYONE));
    Origin.BuiltIn nodePort = context.origin("aws-vpc-cni.nodeport-source");
    Passages.forwardedByAnyNode(snapshot)
        .ifPresent(pods -> {
          out.add(
              Passages.of(new Effect.Bypass(Direction.INGRESS), nodePort)
                  .between(Passages.OUTSIDE, pods)
                  .via(Via.NODE_PORT, Via.LOAD_BALANCER)
                  .onlyIf(new Doubt.KnownAtRuntime("which node receives it", nodePort)));
          out.add(
              Passages.of(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode()), nodePort)
                  .between(Passages.OUTSIDE, pods)
                  .via(Via.NODE_PORT, Via.LOAD_BALANCER));
        });
    return out;
  }

  /** The pods whose own node has its entry: in strict mode those that some policy selects. */
  private static PeerSpec known(Snapshot snapshot, Context context) {
    if (!context.active("aws-vpc-cni.strict-mode")) {
      return Passages.PODS;
    }
    List<Selector> selected = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      selected.addAll(NetworkPolicies.subjects(snapshot, Optional::of, direction));
    }
    return new PeerSpec.Selected(new Selector.Or(selected));
  }

  /** Pods without an owner whose names differ in the last part only share their maps on a node. */
  private static List<Passage> shared(Snapshot snapshot, Context context) {
    Map<String, List<Document>> byMap = new TreeMap<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      String name = pod.id().name();
      String node = pod.at("spec", "nodeName").text("");
      boolean bare = pod.at("metadata", "ownerReferences").items().isEmpty();
      if (bare && !node.isEmpty() && name.contains("-")) {
        String key =
            node + " " + pod.id().namespace() + "/" + name.substring(0, name.lastIndexOf('-'));
        byMap.computeIfAbsent(key, _ -> new ArrayList<>()).add(pod);
      }
    }
    Origin.BuiltIn row = context.origin("aws-vpc-cni.shared-pod-identifier");
    List<Passage> out = new ArrayList<>();
    for (List<Document> pods : byMap.values()) {
      for (Document pod : pods.size() > 1 ? pods : List.<Document>of()) {
        PeerSpec it =
            new PeerSpec.Selected(new Selector.Is(pod.id().namespace() + "/" + pod.id().name()));
        Passage egress =
            Passages.of(new Effect.Uncertain(Direction.EGRESS), row).between(it, PeerSpec.ANYONE);
        Passage ingress =
            Passages.of(new Effect.Uncertain(Direction.INGRESS), row).between(PeerSpec.ANYONE, it);
        out.add(egress.onlyIf(Doubt.Unverified.of(row)));
        out.add(ingress.onlyIf(Doubt.Unverified.of(row)));
      }
    }
    return out;
  }
}
