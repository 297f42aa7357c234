package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * AdminNetworkPolicies and the BaselineAdminNetworkPolicy (pkg/controller/admin_network_policy.go,
 * baseline_admin_network_policy.go).
 */
final class AdminPolicies {
  private static final int MOST = 99;

  private static final String NODES_AND_NETWORKS = "kube-ovn.anp-nodes-and-networks";

  private final Snapshot snapshot;
  private final Context context;

  AdminPolicies(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
  }

  Compiled<List<Placed>> compile(Document policy) {
    List<Finding> findings = new ArrayList<>();
    List<Standing> standings = new ArrayList<>();
    List<Doubt> egress = new ArrayList<>();
    ClusterReading reading =
        ClusterReading.specification(context)
            .ranked((spec, rule) -> spec.priority() * 100 + rule)
            .bent(spec -> {
              egress.addAll(unknownPeers(spec));
              return programmed(spec, findings, standings);
            });
    Compiled<List<Placed>> compiled = ClusterPolicies.compile(policy, reading);
    findings.addAll(compiled.findings());
    List<Placed> placed = compiled.value();
    if (sharesPriority(policy)) {
      Doubt which = Doubt.Unverified.of(context.origin("kube-ovn.anp-same-priority"));
      placed =
          placed.stream().map(p -> new Placed(p.tier(), p.block().rulesOnlyIf(which))).toList();
    }
    for (Doubt doubt : egress) {
      placed =
          placed.stream()
              .map(p ->
                  p.block().direction() == Direction.INGRESS
                      ? p
                      : new Placed(p.tier(), p.block().rulesOnlyIf(doubt)))
              .toList();
    }
    return new Compiled<>(placed, findings, standings);
  }

  /** Whether rules for nodes and networks are made at all. */
  private List<Doubt> unknownPeers(ClusterPolicySpec spec) {
    boolean has =
        spec.egress().stream()
            .flatMap(r -> r.peers().stream())
            .anyMatch(p -> p instanceof Peer.Nodes || p instanceof Peer.Networks);
    return has && context.active(NODES_AND_NETWORKS)
        ? List.of(Doubt.Unverified.of(context.origin(NODES_AND_NETWORKS)))
        : List.of();
  }

  private Optional<ClusterPolicySpec> programmed(
      ClusterPolicySpec spec, List<Finding> findings, List<Standing> standings) {
    if (spec.priority() > MOST) {
      Origin.BuiltIn row = context.origin("kube-ovn.anp-priority");
      standings.add(Standing.of(spec.document(), Standing.Degree.INERT, row));
      findings.add(
          new Finding(
              "PV104",
              Severity.WARNING,
              spec.name() + " is not enforced at all: " + row.says(),
              "give it a priority from 0 to 99",
              new Origin.Bent(spec.document().at("spec", "priority").origin(), row)));
      return Optional.empty();
    }
    ClusterPolicySpec numbered = spec.mapRules(this::numbered);
    boolean names =
        spec.egress().stream()
            .flatMap(r -> r.peers().stream())
            .anyMatch(Peer.DomainNames.class::isInstance);
    if (!names || !context.active("kube-ovn.anp-names-off")) {
      return Optional.of(numbered);
    }
    Origin.BuiltIn row = context.origin("kube-ovn.anp-names-off");
    standings.add(Standing.of(spec.document(), Standing.Degree.PARTLY, row));
    return Optional.of(
        new ClusterPolicySpec(
            numbered.document(),
            numbered.level(),
            numbered.priority(),
            numbered.subject(),
            numbered.ingress(),
            List.of()));
  }

  /** A port name gives no ACL. */
  private RuleEntry numbered(RuleEntry rule) {
    List<PortEntry> numbers =
        rule.ports().stream().filter(PortEntry.Numbers.class::isInstance).toList();
    return numbers.size() == rule.ports().size()
        ? rule
        : new RuleEntry(
            rule.place(),
            rule.action(),
            rule.peers(),
            false,
            numbers,
            Optional.of(context.origin("kube-ovn.anp-port-names")));
  }

  private boolean sharesPriority(Document policy) {
    return policy.id().kind().equals("AdminNetworkPolicy")
        && snapshot.ofKind("AdminNetworkPolicy").stream()
            .filter(d -> !d.id().equals(policy.id()))
            .map(d -> d.at("spec", "priority").integer())
            .anyMatch(p -> p.equals(policy.at("spec", "priority").integer()));
  }
}
