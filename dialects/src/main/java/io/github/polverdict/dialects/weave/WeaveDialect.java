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
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
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
    List<Placed> more = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              if (named(spec) && context.active("weave.named-port-crash")) {
                more.addAll(crash(spec, context));
                return Optional.empty();
              }
              partly(spec, context).ifPresent(doubts::add);
              Optional<NetworkPolicySpec> bent = bent(spec, context, findings);
              bent.ifPresent(b -> more.addAll(leftOut(b, context)));
              return bent;
            },
            Reading.specification());
    findings.addAll(compiled.findings());
    List<Placed> placed = new ArrayList<>(compiled.value());
    placed.addAll(more);
    for (Doubt doubt : doubts) {
      placed = NetworkPolicies.isolatingOnly(placed, doubt);
    }
    return new Compiled<>(placed, findings);
  }

  /** A policy that ends weave-npc: each start empties the chains, and no pod is sure of its own. */
  private static List<Placed> crash(NetworkPolicySpec spec, Context context) {
    Doubt doubt = Doubt.Unverified.of(context.origin("weave.named-port-crash"));
    return PolicyCompiler.unsure(spec.name(), Selector.pods(), doubt).stream()
        .map(block -> new Placed(Reading.TIER, block))
        .toList();
  }

  /** The rules of the directions that policyTypes leaves out, as far as they are known. */
  private static List<Placed> leftOut(NetworkPolicySpec spec, Context context) {
    Origin.BuiltIn row = context.origin("weave.policytypes");
    boolean egress = !context.active("weave.no-egress");
    return NetworkPolicies.dormant(spec, Reading.specification(), row).stream()
        .filter(p -> egress || p.block().direction() == Direction.INGRESS)
        .toList();
  }

  /** Why the rules of a policy may be missing while its subjects are isolated. */
  private static Optional<Doubt> partly(NetworkPolicySpec spec, Context context) {
    return spec.blocks().stream().anyMatch(b -> b.addresses().overlaps(IpSet.ALL_V6))
        ? Optional.of(Doubt.Unverified.of(context.origin("weave.ipblock-ipv6-partial")))
        : Optional.empty();
  }

  private static boolean named(NetworkPolicySpec spec) {
    return spec.portEntries().stream().anyMatch(e -> e.port().orElse(null) instanceof Port.Name);
  }

  private static Optional<NetworkPolicySpec> bent(
      NetworkPolicySpec spec, Context context, List<Finding> findings) {
    if (named(spec) && context.active("weave.named-port-fail-open")) {
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
    if (context.active("weave.pod-and-ns-selector")) {
      Origin.BuiltIn because = context.origin("weave.pod-and-ns-selector");
      out = out.mapRules(rule -> ofOwnNamespace(rule, because));
    }
    if (context.active("weave.ipblock-ingress-open")) {
      Origin.BuiltIn because = context.origin("weave.ipblock-ingress-open");
      out = out.mapIngress(rule -> opened(rule, because));
    }
    if (context.active("weave.ipblock-ingress-ports-open")) {
      Origin.BuiltIn because = context.origin("weave.ipblock-ingress-ports-open");
      out = out.mapIngress(rule -> rule.everything() ? rule : opened(rule, because));
    }
    return Optional.of(out);
  }

  /** Peers with both selectors, without their namespaceSelector. */
  private static RuleEntry ofOwnNamespace(RuleEntry rule, Origin.BuiltIn because) {
    List<Peer> peers =
        rule.peers().stream()
            .<Peer>map(peer ->
                peer instanceof Peer.Pods pods && pods.pods().isPresent()
                    ? new Peer.Pods(pods.place(), pods.pods(), Optional.empty())
                    : peer)
            .toList();
    return peers.equals(rule.peers()) ? rule : rule.withPeers(peers, because);
  }

  /** A rule with an ipBlock, without any peer. */
  private static RuleEntry opened(RuleEntry rule, Origin.BuiltIn because) {
    return rule.peers().stream().anyMatch(Peer.Block.class::isInstance)
        ? new RuleEntry(
            rule.place(), true, List.of(), rule.everything(), rule.ports(), Optional.of(because))
        : rule;
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    List<Passage> passages = new ArrayList<>();
    for (Direction gate : Direction.values()) {
      Origin ipv6 = context.origin("weave.ipv6-none");
      PeerSpec sixes = new PeerSpec.InRange(IpSet.ALL_V6, ALL_KINDS);
      passages.add(Passages.of(new Effect.Bypass(gate), ipv6).between(sixes, sixes));
    }
    passages.add(Passages.nodeToPod(Where.SAME_NODE, context.origin("weave.host-to-pod")));
    if (context.active("weave.own-node-always")) {
      Origin ownNode = context.origin("weave.own-node-always");
      passages.add(Passages.podToNode(Where.SAME_NODE, ownNode));
    }
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
