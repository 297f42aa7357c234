package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.calico.policy.Tiers;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The policies of policy.networking.k8s.io as policies of tiers that Calico keeps for them, by
 * their priority and then their name; what cannot be converted of a rule makes all of it fail
 * (libcalico-go/lib/backend/k8s/conversion/clusternetworkpolicy.go).
 */
final class ClusterWide {
  private static final String FORMER_NAMES = "calico.admin-port-names";
  private static final int RULES = 1000; // more than the 100 that a policy may have

  private final Context context;
  private final Map<ResourceId, Integer> ranks = new HashMap<>();

  ClusterWide(Snapshot snapshot, Context context) {
    this.context = context;
    List<Document> all =
        snapshot.documents().stream()
            .filter(ClusterPolicies::is)
            .sorted(
                Comparator.comparingInt(ClusterWide::priority).thenComparing(d -> d.id().name()))
            .toList();
    all.forEach(d -> ranks.put(d.id(), ranks.size()));
  }

  private static int priority(Document policy) {
    return policy.at("spec", "priority").integer().orElse(0);
  }

  /** Those of the kinds that this version reads. */
  static Set<PolicyKind> kinds(Set<PolicyKind> all, Context context) {
    Set<PolicyKind> out = new LinkedHashSet<>(all);
    boolean cluster = context.active("calico.cluster-network-policy");
    if (!cluster) {
      out.removeAll(ClusterPolicies.CLUSTER);
    }
    for (PolicyKind kind : ClusterPolicies.ADMIN) {
      boolean baseline = kind.type().startsWith("Baseline");
      if (!context.active(
          baseline ? "calico.baseline-admin-network-policy" : "calico.admin-network-policy")) {
        out.remove(kind);
      }
    }
    return out;
  }

  Compiled<List<Placed>> compile(Document policy) {
    Tiers.OfKubernetes tiers = Tiers.ofKubernetes(context);
    Compiled<List<Placed>> compiled =
        ClusterPolicies.compile(
            policy,
            ClusterReading.specification(context)
                .inTiers(tiers.admin(), tiers.baseline())
                .bent(spec -> Optional.of(spec.mapRules(this::bent)))
                .ranked((spec, rule) -> rank(spec) + rule));
    return context.active(FORMER_NAMES)
        ? new Compiled<>(compiled.value().stream().map(this::doubted).toList(), compiled.findings())
        : compiled;
  }

  /** Port names of AdminNetworkPolicies: for all ports, or not converted. */
  private Placed doubted(Placed placed) {
    Doubt doubt = Doubt.Unverified.of(context.origin(FORMER_NAMES));
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : placed.block().rules()) {
      if (rule.traffic().stream().noneMatch(TrafficSpec.Named.class::isInstance)) {
        rules.add(rule);
        continue;
      }
      List<TrafficSpec> all = List.of(TrafficSpec.ALL);
      if (rule.action() != Action.ALLOW) {
        rules.add(of(rule, List.of(PeerSpec.ANYONE), all, Action.DENY).onlyIf(doubt));
      }
      rules.add(of(rule, rule.peers(), all, rule.action()).onlyIf(doubt));
    }
    return new Placed(placed.tier(), placed.block().withRules(rules));
  }

  private static Rule of(
      Rule rule, List<PeerSpec> peers, List<TrafficSpec> traffic, Action action) {
    return new Rule(rule.rank(), peers, traffic, action, rule.onlyIf(), rule.origin());
  }

  private int rank(ClusterPolicySpec spec) {
    return ranks.getOrDefault(spec.document().id(), 0) * RULES;
  }

  /** A rule of which a part is not supported: nothing, or a denial of everything. */
  private RuleEntry bent(RuleEntry rule) {
    boolean former = context.active("calico.admin-network-policy");
    if (rule.peers().stream()
        .noneMatch(p -> p instanceof Peer.Nodes || p instanceof Peer.DomainNames)) {
      return rule;
    }
    boolean left = rule.action() == Action.ALLOW || former && rule.action() == Action.PASS;
    Origin.BuiltIn row = context.origin(former ? "calico.admin-peers" : "calico.cluster-peers");
    return left ? rule.withPeers(List.of(), row) : rule.denyingAll(row);
  }
}
