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
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.aws.policy.AwsPolicies;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The programs on the node's side of a pod's interface: egress before translation, ingress after
 * masquerading, the own node always; in strict mode a pod without policies is closed.
 */
final class AwsFrame {
  private static final String STRICT = "strict mode";

  private final Snapshot snapshot;
  private final Context context;
  private final AwsPolicies policies;

  private AwsFrame(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
    this.policies = new AwsPolicies(snapshot, context);
  }

  static Frame of(Snapshot snapshot, Context context) {
    AwsFrame frame = new AwsFrame(snapshot, context);
    boolean strict = context.active("aws-vpc-cni.strict-mode");
    List<TierFrame> tiers = new ArrayList<>(frame.policies.tiers());
    if (strict) {
      tiers.add(new TierFrame(STRICT, frame.closed(), Action.DENY));
    }
    boolean judges = strict || !context.active("aws-vpc-cni.controller-off");
    return new Frame(
        judges && !context.active("aws-vpc-cni.off"),
        Standard.in(Reading.TIER),
        tiers,
        frame.passages(),
        View.CLEAR,
        Traits.USUAL,
        Action.ALLOW,
        List.of());
  }

  private List<Block> closed() {
    Origin row = context.origin("aws-vpc-cni.strict-mode");
    return Stream.of(Direction.values())
        .map(d -> new Block(STRICT, Selector.pods(), d, true, List.of(), List.of(), row))
        .toList();
  }

  private List<Passage> passages() {
    List<Passage> out = new ArrayList<>();
    List<Passage> groups = SecurityGroups.passages(snapshot, context);
    boolean groupsFirst = context.setting("POD_SECURITY_GROUP_ENFORCING_MODE").equals("strict");
    out.addAll(groupsFirst ? groups : List.of());
    out.addAll(perhapsOff());
    out.addAll(icmpv6());
    out.addAll(policies.uncertain(snapshot));
    Origin ownNode = context.origin("aws-vpc-cni.own-node-always");
    out.add(Passages.nodeToPod(Where.SAME_NODE, ownNode).between(Passages.HOSTS, withOwnNode()));
    out.add(Passages.podToNode(Where.SAME_NODE, ownNode).via(Via.POD_ADDRESS));
    out.addAll(groupsFirst ? List.of() : groups);
    out.add(
        Passages.of(
                new Effect.SeenAs(Direction.EGRESS, new Guise.Called(), true),
                context.origin("aws-vpc-cni.egress-before-translation"))
            .between(Passages.PODS, PeerSpec.ANYONE));
    out.addAll(passedOn());
    return out;
  }

  /** Where it could not be read whether policies are on at all. */
  private List<Passage> perhapsOff() {
    String row = "aws-vpc-cni.auto-mode-switches";
    if (!context.active(row)) {
      return List.of();
    }
    Origin.BuiltIn origin = context.origin(row);
    return Stream.of(Direction.values())
        .map(gate ->
            Passages.of(new Effect.Bypass(gate), origin).onlyIf(Doubt.Unverified.of(origin)))
        .toList();
  }

  private List<Passage> icmpv6() {
    PeerSpec sixes = new PeerSpec.InRange(IpSet.ALL_V6, Set.of(Kind.values()));
    return Stream.of(Direction.values())
        .map(gate ->
            Passages.of(new Effect.Bypass(gate), context.origin("aws-vpc-cni.icmpv6"))
                .between(sixes, sixes)
                .carrying(TrafficSet.all(Protocol.ICMP)))
        .toList();
  }

  /** The pods with an entry for their own node: in strict mode those that some policy selects. */
  private PeerSpec withOwnNode() {
    return context.active("aws-vpc-cni.strict-mode")
        ? new PeerSpec.Selected(policies.withOwnNode(snapshot))
        : Passages.PODS;
  }

  /** Outside traffic that a node passes on with its own address. */
  private List<Passage> passedOn() {
    Origin.BuiltIn row = context.origin("aws-vpc-cni.nodeport-source");
    return Passages.forwardedByAnyNode(snapshot).stream()
        .flatMap(pods ->
            Stream.of(
                Passages.of(new Effect.Bypass(Direction.INGRESS), row)
                    .between(Passages.OUTSIDE, pods)
                    .via(Via.NODE_PORT, Via.LOAD_BALANCER)
                    .onlyIf(new Doubt.KnownAtRuntime("which node receives it", row)),
                Passages.of(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode()), row)
                    .between(Passages.OUTSIDE, pods)
                    .via(Via.NODE_PORT, Via.LOAD_BALANCER)))
        .toList();
  }
}
