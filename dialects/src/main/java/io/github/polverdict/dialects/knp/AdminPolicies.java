package io.github.polverdict.dialects.knp;

import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.RuleEntry;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the evaluators of AdminNetworkPolicies and the BaselineAdminNetworkPolicy make of port names
 * and of peers that are nodes (plugins/npa-v1alpha1/adminnetworkpolicy.go).
 */
final class AdminPolicies {
  private static final String NAMES = "kube-network-policies.admin-named-port";
  private static final String AT_SOURCE = "kube-network-policies.admin-named-port-at-source";
  private static final String NODES = "kube-network-policies.admin-nodes";

  private final Context context;

  AdminPolicies(Context context) {
    this.context = context;
  }

  ClusterPolicySpec bent(ClusterPolicySpec spec) {
    return new ClusterPolicySpec(
        spec.document(),
        spec.level(),
        spec.priority(),
        spec.subject(),
        spec.ingress().stream().flatMap(this::byPorts).toList(),
        spec.egress().stream().map(this::byNodes).flatMap(this::byPorts).toList());
  }

  /** Nodes are taken for pods on them. */
  private RuleEntry byNodes(RuleEntry rule) {
    boolean nodes = rule.peers().stream().anyMatch(Peer.Nodes.class::isInstance);
    if (!nodes || !context.active(NODES)) {
      return rule;
    }
    List<Peer> peers =
        rule.peers().stream()
            .map(p ->
                p instanceof Peer.Nodes(var place, var query)
                    ? new Peer.PodsOnNodes(place, query)
                    : p)
            .toList();
    return rule.withPeers(peers, context.origin(NODES));
  }

  /** The rule with its numbers, and the same with its names, which stand for every port. */
  private Stream<RuleEntry> byPorts(RuleEntry rule) {
    List<PortEntry> names =
        rule.ports().stream()
            .filter(PortEntry.Named.class::isInstance)
            .map(PortEntry.Named.class::cast)
            .<PortEntry>map(n -> new PortEntry.Declaring(n.place(), n.name()))
            .toList();
    if (names.isEmpty() || !context.active(NAMES)) {
      return Stream.of(rule);
    }
    List<PortEntry> numbers =
        rule.ports().stream().filter(p -> !(p instanceof PortEntry.Named)).toList();
    RuleEntry numbered =
        new RuleEntry(rule.place(), rule.action(), rule.peers(), false, numbers, rule.bent());
    return Stream.of(numbered, rule.withPorts(names, context.origin(NAMES)))
        .filter(r -> !r.ports().isEmpty());
  }

  /** Ingress rules whose names the source has to declare are in doubt. */
  Placed doubted(Placed placed) {
    Block block = placed.block();
    if (block.direction() == Direction.EGRESS || !context.active(AT_SOURCE)) {
      return placed;
    }
    return new Placed(
        placed.tier(), block.withRules(block.rules().stream().map(this::doubted).toList()));
  }

  private Rule doubted(Rule rule) {
    if (rule.traffic().stream().noneMatch(TrafficSpec.Named.class::isInstance)) {
      return rule;
    }
    Doubt doubt = Doubt.Unverified.of(context.origin(AT_SOURCE));
    List<TrafficSpec> all = List.of(TrafficSpec.ALL);
    return new Rule(rule.rank(), rule.peers(), all, rule.action(), rule.onlyIf(), rule.origin())
        .onlyIf(doubt);
  }
}
