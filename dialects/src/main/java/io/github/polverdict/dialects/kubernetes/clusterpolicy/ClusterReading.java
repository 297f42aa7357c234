package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.snapshot.Document;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The knobs of the library for cluster-wide policies: how an engine resolves what a valid policy
 * leaves open.
 *
 * @param admin the tier of policies that come before NetworkPolicies
 * @param baseline the tier of those that come after them
 * @param byAddress the kinds of endpoint inside the cluster that {@code networks} matches
 * @param byWholeRange the same for {@code 0.0.0.0/0} and {@code ::/0}
 * @param bend what the engine makes of a valid policy; empty when it does not load it at all
 * @param refusals why the API server would refuse a policy
 * @param rank of a policy's rules, lowest first; equal ranks of two policies have no order
 */
public record ClusterReading(
    String admin,
    String baseline,
    Set<Kind> byAddress,
    Set<Kind> byWholeRange,
    Function<ClusterPolicySpec, Optional<ClusterPolicySpec>> bend,
    Function<Document, List<Finding>> refusals,
    Rank rank) {
  /** The order in which an engine serves the rules of all policies of a tier. */
  @FunctionalInterface
  public interface Rank {
    /** Of the rule with that index in its direction of the policy. */
    int of(ClusterPolicySpec policy, int index);
  }

  /** The usual tier of AdminNetworkPolicies and of ClusterNetworkPolicies of the tier Admin. */
  public static final String ADMIN = "Admin";

  /** The usual tier of the BaselineAdminNetworkPolicy and of the tier Baseline. */
  public static final String BASELINE = "Baseline";

  public ClusterReading {
    byAddress = Set.copyOf(byAddress);
    byWholeRange = Set.copyOf(byWholeRange);
  }

  /**
   * The specification: {@code networks} matches addresses of pods and nodes too
   * (network-policy-api, apis/v1alpha2/clusternetworkpolicy_types.go).
   */
  public static ClusterReading specification(Context context) {
    Set<Kind> all = Kind.INSIDE;
    return new ClusterReading(
        ADMIN,
        BASELINE,
        all,
        all,
        Optional::of,
        context::refusals,
        (policy, _) -> policy.priority());
  }

  public ClusterReading inTiers(String before, String after) {
    return new ClusterReading(before, after, byAddress, byWholeRange, bend, refusals, rank);
  }

  public ClusterReading networksMatch(Set<Kind> kinds) {
    return new ClusterReading(admin, baseline, kinds, kinds, bend, refusals, rank);
  }

  public ClusterReading wholeRangesMatch(Set<Kind> kinds) {
    return new ClusterReading(admin, baseline, byAddress, kinds, bend, refusals, rank);
  }

  public ClusterReading bent(Function<ClusterPolicySpec, Optional<ClusterPolicySpec>> other) {
    return new ClusterReading(admin, baseline, byAddress, byWholeRange, other, refusals, rank);
  }

  public ClusterReading ranked(Rank other) {
    return new ClusterReading(admin, baseline, byAddress, byWholeRange, bend, refusals, other);
  }
}
