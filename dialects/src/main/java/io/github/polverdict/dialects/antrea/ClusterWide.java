package io.github.polverdict.dialects.antrea;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.dialects.antrea.policy.Ranks;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Level;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * The policies of policy.networking.k8s.io as rules among Antrea's own, in tiers that only they
 * have (pkg/controller/networkpolicy/adminnetworkpolicy.go, clusternetworkpolicy.go).
 */
final class ClusterWide {
  /** The priority of the tier of ClusterNetworkPolicies of the tier Admin. */
  static final int ADMIN_TIER = 220;

  private static final int FORMER_ADMIN_TIER = 251;
  private static final int BASELINE_TIER = 254;
  private static final int BASELINE_PRIORITY = 1;

  private ClusterWide() {}

  /** Tells the ranks of the priorities of all of them. */
  static void rank(Snapshot snapshot, Ranks.Builder ranks) {
    for (Document policy : snapshot.documents()) {
      if (ClusterPolicies.is(policy)) {
        boolean baseline = policy.at("spec", "tier").text("").equals("Baseline");
        int rules =
            Math.max(
                policy.at("spec", "ingress").items().size(),
                policy.at("spec", "egress").items().size());
        ranks.add(tier(policy, baseline), priority(policy), rules);
      }
    }
  }

  private static int tier(Document policy, boolean baseline) {
    return switch (policy.id().kind()) {
      case "AdminNetworkPolicy" -> FORMER_ADMIN_TIER;
      case "BaselineAdminNetworkPolicy" -> BASELINE_TIER;
      case String _ -> baseline ? BASELINE_TIER : ADMIN_TIER;
    };
  }

  /** A BaselineAdminNetworkPolicy has none, and gets that of the constant banpPriority. */
  private static int priority(Document policy) {
    return policy.id().kind().equals("BaselineAdminNetworkPolicy")
        ? BASELINE_PRIORITY
        : policy.at("spec", "priority").integer().orElse(0);
  }

  static Compiled<List<Placed>> compile(Document policy, Context context, Ranks ranks) {
    return ClusterPolicies.compile(
        policy,
        ClusterReading.specification(context)
            .inTiers(AntreaFrame.NAMES.before(), AntreaFrame.NAMES.after())
            .bent(spec -> Optional.of(spec.mapRules(r -> bent(spec, r, context))))
            .ranked((spec, rule) ->
                ranks.of(
                    tier(spec.document(), spec.level() == Level.BASELINE),
                    priority(spec.document()),
                    rule)));
  }

  /**
   * A peer of which no field is known: it is nobody in rules that allow or pass, and everybody in
   * those of ClusterNetworkPolicies that deny.
   */
  private static RuleEntry bent(ClusterPolicySpec spec, RuleEntry rule, Context context) {
    boolean unknown = rule.peers().stream().anyMatch(Peer.Unknown.class::isInstance);
    boolean closes =
        rule.action() == Action.DENY && spec.document().id().kind().equals("ClusterNetworkPolicy");
    if (!unknown || closes || rule.action() == Action.ALLOW) {
      return rule;
    }
    Origin.BuiltIn row = context.origin("antrea.unknown-peer-is-nobody");
    return rule.withPeers(
        rule.peers().stream().filter(p -> !(p instanceof Peer.Unknown)).toList(), row);
  }
}
