package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.api.Standing.Degree;
import io.github.polverdict.dialects.calico.policy.NamespaceSets;
import io.github.polverdict.dialects.calico.policy.Tiers;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
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
import java.util.function.Function;

/**
 * The policies of policy.networking.k8s.io as policies of tiers that Calico keeps for them, by
 * their priority and then their name; what cannot be converted of a rule makes all of it fail
 * (libcalico-go/lib/backend/k8s/conversion/clusternetworkpolicy.go).
 */
final class ClusterWide {
  private static final String FORMER_NAMES = "calico.admin-port-names";
  private static final String FORMER_PEERS = "calico.admin-peers";
  private static final int RULES = 1000; // more than the 100 that a policy may have

  private final Context context;
  private final Map<ResourceId, Integer> ranks = new HashMap<>();
  private final NamespaceSets sets;

  ClusterWide(Snapshot snapshot, Context context) {
    this.context = context;
    this.sets = new NamespaceSets(snapshot);
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
    List<ClusterPolicySpec> valid = new ArrayList<>();
    ClusterReading reading =
        ClusterReading.specification(context)
            .inTiers(tiers.admin(), tiers.baseline())
            .bent(spec -> {
              valid.add(spec);
              return skipped(spec).isEmpty()
                  ? Optional.of(spec.mapRules(this::bent))
                  : Optional.empty();
            })
            .ranked((spec, rule) -> rank(spec) + rule);
    Compiled<List<Placed>> compiled = ClusterPolicies.compile(policy, reading);
    return valid.isEmpty() ? compiled : whole(compiled, valid.getFirst(), reading);
  }

  private Compiled<List<Placed>> whole(
      Compiled<List<Placed>> compiled, ClusterPolicySpec spec, ClusterReading reading) {
    Optional<Standing> skipped = skipped(spec);
    if (skipped.isPresent()) {
      return new Compiled<>(List.of(), compiled.findings(), List.of(skipped.get()));
    }
    List<Placed> placed = new ArrayList<>(compiled.value());
    placed.addAll(ofSets(spec.mapRules(this::bent), reading));
    return new Compiled<>(placed, compiled.findings());
  }

  /**
   * A policy with a peer that is not supported: its rule would fail closed, but the reader of the
   * list does not know the error that comes with the policy, and goes on (errors.As for a pointer,
   * where the error is a value: libcalico-go/lib/backend/k8s/resources of v3.31.0,
   * kubeadminnetworkpolicy.go, list_pager.go).
   */
  private Optional<Standing> skipped(ClusterPolicySpec spec) {
    return context.active(FORMER_PEERS) && spec.peers().anyMatch(ClusterWide::isUnsupported)
        ? Optional.of(Standing.of(spec.document(), Degree.INERT, context.origin(FORMER_PEERS)))
        : Optional.empty();
  }

  private static boolean isUnsupported(Peer peer) {
    return peer instanceof Peer.Nodes
        || peer instanceof Peer.DomainNames
        || peer instanceof Peer.Unknown;
  }

  /** The name of a port in an AdminNetworkPolicy is no port; unsupported peers fail closed. */
  private RuleEntry bent(RuleEntry rule) {
    if (context.active(FORMER_NAMES)
        && rule.ports().stream().anyMatch(PortEntry.Named.class::isInstance)) {
      return rule.ofEverything(context.origin(FORMER_NAMES));
    }
    if (rule.peers().stream().noneMatch(ClusterWide::isUnsupported)) {
      return rule;
    }
    Origin.BuiltIn row = context.origin("calico.cluster-peers");
    return rule.action() == Action.ALLOW ? rule.withPeers(List.of(), row) : rule.denyingAll(row);
  }

  /** The same rules for network sets in the namespaces that they speak of. */
  private List<Placed> ofSets(ClusterPolicySpec spec, ClusterReading reading) {
    Origin.BuiltIn row = context.origin("calico.cluster-wide-sets");
    List<Placed> out =
        new ArrayList<>(ClusterPolicies.placed(addressed(spec, row, sets::of), reading));
    for (Doubt doubt : sets.unread()) {
      ClusterPolicies.placed(addressed(spec, row, _ -> IpSet.ALL), reading)
          .forEach(p -> out.add(new Placed(p.tier(), p.block().rulesOnlyIf(doubt))));
    }
    return out;
  }

  private static ClusterPolicySpec addressed(
      ClusterPolicySpec spec, Origin.BuiltIn row, Function<LabelQuery, IpSet> addresses) {
    return spec.withRules(
        spec.ingress().stream().map(r -> addressed(r, row, addresses)).toList(),
        spec.egress().stream().map(r -> addressed(numbered(r, row), row, addresses)).toList());
  }

  private static RuleEntry addressed(
      RuleEntry rule, Origin.BuiltIn row, Function<LabelQuery, IpSet> addresses) {
    List<Peer> out = new ArrayList<>();
    for (Peer peer : rule.peers()) {
      if (peer instanceof Peer.Namespaces(Field place, LabelQuery namespaces)) {
        IpSet found = addresses.apply(namespaces);
        if (!found.isEmpty()) {
          out.add(new Peer.Networks(place, found));
        }
      }
    }
    return rule.withPeers(out, row);
  }

  /** A network set as a destination gives no port a name. */
  private static RuleEntry numbered(RuleEntry rule, Origin.BuiltIn row) {
    List<PortEntry> numbers =
        rule.ports().stream().filter(PortEntry.Numbers.class::isInstance).toList();
    return rule.withPorts(numbers, row);
  }

  private int rank(ClusterPolicySpec spec) {
    return ranks.getOrDefault(spec.document().id(), 0) * RULES;
  }
}
