package io.github.polverdict.dialects.knp;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Cluster-wide policies as the evaluator has them: those of one priority in the order of names. */
final class ClusterOrder {
  private final Context context;
  private final AdminPolicies admin;
  private final List<String> names; // in the order in which they are evaluated

  ClusterOrder(Snapshot snapshot, Context context) {
    this.context = context;
    this.admin = new AdminPolicies(context);
    this.names =
        snapshot.documents().stream()
            .filter(ClusterPolicies::is)
            .map(Document::id)
            .map(id -> id.name())
            .sorted()
            .distinct()
            .toList();
  }

  Compiled<List<Placed>> compile(Document policy) {
    ClusterReading reading =
        ClusterReading.specification(context)
            .bent(spec -> Optional.of(admin.bent(spec.mapRules(this::knownPeers))))
            .ranked((spec, _) -> rank(spec));
    Compiled<List<Placed>> compiled = ClusterPolicies.compile(policy, reading);
    return new Compiled<>(
        compiled.value().stream().map(admin::doubted).toList(), compiled.findings());
  }

  private int rank(ClusterPolicySpec spec) {
    return spec.priority() * names.size() + names.indexOf(spec.document().id().name());
  }

  /** A peer that the evaluator does not know matches nothing, in whatever rule. */
  private RuleEntry knownPeers(RuleEntry rule) {
    List<Peer> known = rule.peers().stream().filter(p -> !(p instanceof Peer.Unknown)).toList();
    Origin.BuiltIn because = context.origin("kube-network-policies.unknown-peer");
    return known.size() == rule.peers().size() ? rule : rule.withPeers(known, because);
  }
}
