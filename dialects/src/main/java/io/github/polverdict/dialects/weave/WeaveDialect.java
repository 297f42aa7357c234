package io.github.polverdict.dialects.weave;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
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
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How weave-npc reads NetworkPolicies. */
public final class WeaveDialect implements Dialect {
  private static final Set<Kind> ALL_KINDS = Set.of(Kind.values());

  @Override
  public String id() {
    return "weave";
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return NetworkPolicies.KINDS;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return WeaveSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    return document -> compiled(document, context);
  }

  private static Compiled<List<Placed>> compiled(Document document, Context context) {
    List<Finding> findings = new ArrayList<>();
    List<Doubt> doubts = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              doubts.addAll(doubts(spec, context));
              return bent(spec, context, findings);
            },
            Reading.specification());
    findings.addAll(compiled.findings());
    List<Placed> placed = compiled.value();
    for (Doubt doubt : doubts) {
      placed = NetworkPolicies.isolatingOnly(placed, doubt);
    }
    return new Compiled<>(placed, findings);
  }

  /** Why the rules of a policy may be missing while its subjects are isolated. */
  private static List<Doubt> doubts(NetworkPolicySpec spec, Context context) {
    List<String> rows = new ArrayList<>();
    if (spec.blocks().stream().anyMatch(b -> b.addresses().overlaps(IpSet.ALL_V6))) {
      rows.add("weave.ipblock-ipv6-partial");
    }
    boolean both =
        spec.peers().stream()
            .anyMatch(p ->
                p instanceof Peer.Pods pods
                    && pods.pods().isPresent()
                    && pods.namespaces().isPresent());
    if (both && context.active("weave.pod-and-ns-selector")) {
      rows.add("weave.pod-and-ns-selector");
    }
    return rows.stream().map(context::origin).map(Doubt.Unverified::of).toList();
  }

  private static Optional<NetworkPolicySpec> bent(
      NetworkPolicySpec spec, Context context, List<Finding> findings) {
    boolean named =
        spec.portEntries().stream().anyMatch(e -> e.port().orElse(null) instanceof Port.Name);
    if (named && context.active("weave.named-port-fail-open")) {
      Origin.BuiltIn because = context.origin("weave.named-port-fail-open");
      findings.add(
          new Finding(
              "PV104",
              Severity.WARNING,
              spec.name() + " is not enforced at all: " + because.says(),
              "use the port's number",
              new Origin.Bent(spec.document().origin(), because)));
      return Optional.empty();
    }
    NetworkPolicySpec out = spec;
    if (context.active("weave.endport-ignored")) {
      out = Bends.firstPortOnly(out, context.origin("weave.endport-ignored"));
    }
    if (context.active("weave.no-egress")) {
      out = Bends.without(out, Direction.EGRESS, context.origin("weave.no-egress"));
    }
    return Optional.of(out);
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    List<Passage> passages = new ArrayList<>();
    for (Direction gate : Direction.values()) {
      Origin ipv6 = context.origin("weave.ipv6-none");
      PeerSpec sixes = new PeerSpec.InRange(IpSet.ALL_V6, ALL_KINDS);
      passages.add(Passages.of(new Effect.Bypass(gate), ipv6).between(sixes, sixes));
    }
    Origin ownNode = context.origin("weave.own-node-always");
    passages.add(Passages.nodeToPod(Where.SAME_NODE, context.origin("weave.host-to-pod")));
    passages.add(Passages.podToNode(Where.SAME_NODE, ownNode));
    if (context.active("weave.multicast")) {
      PeerSpec groups = new PeerSpec.InRange(IpSet.cidr("224.0.0.0/4").orElseThrow(), Set.of());
      Origin multicast = context.origin("weave.multicast");
      passages.add(
          Passages.of(new Effect.Bypass(Direction.EGRESS), multicast)
              .between(PeerSpec.ANYONE, groups));
    }
    if (context.active("weave.masquerade-breaks-podselector")) {
      passages.add(masquerade(context));
    }
    passages.add(outside(context));
    Frame frame = Passages.frame(passages, View.CLEAR, Traits.USUAL);
    boolean enforces = !context.active("weave.npc-absent");
    return new Frame(
        enforces,
        frame.standard(),
        frame.tiers(),
        passages,
        frame.view(),
        frame.traits(),
        frame.otherwise(),
        List.of());
  }

  private static Passage masquerade(Context context) {
    Origin.BuiltIn origin = context.origin("weave.masquerade-breaks-podselector");
    Guise node = new Guise.NodeOf(Passage.End.SOURCE);
    return Passages.of(new Effect.SeenAs(Direction.INGRESS, node), origin)
        .between(Passages.PODS, Passages.PODS)
        .via(Via.CLUSTER_IP)
        .where(Where.OTHER_NODE);
  }

  /** Outside traffic to a node's port: masked unless the Service keeps it on its node. */
  private static Passage outside(Context context) {
    Origin.BuiltIn origin = context.origin("weave.nodeport-masked");
    return Passages.of(new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode()), origin)
        .between(Passages.OUTSIDE, Passages.PODS)
        .via(Via.NODE_PORT, Via.LOAD_BALANCER)
        .onlyIf(
            new Doubt.KnownAtRuntime(
                "which node receives it, and whether externalTrafficPolicy Local keeps its source",
                origin));
  }
}
