package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The namespaced policies of a snapshot, as the controller takes them: in which directions. */
final class Specs {
  private final Cluster cluster;
  private final Context context;

  Specs(Cluster cluster, Context context) {
    this.cluster = cluster;
    this.context = context;
  }

  /** All that the API server takes. */
  List<NetworkPolicySpec> all(Snapshot snapshot) {
    List<NetworkPolicySpec> out = new ArrayList<>();
    for (Document document : snapshot.ofKind(NetworkPolicies.KIND)) {
      read(
          document,
          spec -> {
            out.add(spec);
            return Optional.empty();
          });
    }
    for (Document document : snapshot.ofKind(ApplicationPolicies.KIND)) {
      ApplicationPolicies.read(document, context).policy().ifPresent(p -> out.add(bent(p)));
    }
    return out;
  }

  /** One NetworkPolicy, with what its spec is bent to before that. */
  Compiled<List<Placed>> read(
      Document document, Function<NetworkPolicySpec, Optional<NetworkPolicySpec>> use) {
    return NetworkPolicies.compile(
        document, spec -> use.apply(bent(spec)), Reading.specification().names(cluster.names()));
  }

  /** Rules of a direction that policyTypes leaves out isolate, if they lead anywhere. */
  private NetworkPolicySpec bent(NetworkPolicySpec spec) {
    NetworkPolicySpec out = spec;
    for (Direction direction : Direction.values()) {
      List<RuleEntry> rules = spec.rules(direction);
      if (!rules.isEmpty()
          && !spec.isolates().contains(direction)
          && cluster.leadsAnywhere(spec, direction)) {
        out = out.isolatingAlso(direction, context.origin("aws-vpc-cni.policytypes-ignored"));
      }
    }
    return out;
  }

  /** An ApplicationNetworkPolicy; rules to names isolate only where the agent knows them. */
  NetworkPolicySpec bent(ApplicationPolicies.Policy policy) {
    NetworkPolicySpec spec = policy.spec();
    if (policy.byName().isEmpty()) {
      return bent(spec);
    }
    if (context.active(AwsPolicies.BY_NAME)) {
      return bent(spec)
          .isolatingAlso(Direction.EGRESS, context.origin("aws-vpc-cni.policytypes-ignored"));
    }
    Origin.BuiltIn row = context.origin(AwsPolicies.NAMES_SKIPPED);
    return bent(
        new NetworkPolicySpec(
            spec.document(),
            spec.subject(),
            spec.isolates(),
            spec.ingress(),
            spec.egress(),
            Optional.of(row)));
  }
}
