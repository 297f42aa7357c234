package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How OVN-Kubernetes reads policies. */
public final class OvnKubernetesDialect implements Dialect {

  @Override
  public String id() {
    return "ovn-kubernetes";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of("ovn", Map.of(), "openshift", Map.of());
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    Set<PolicyKind> out = new LinkedHashSet<>(NetworkPolicies.KINDS);
    out.addAll(ClusterPolicies.ADMIN);
    out.add(PolicyKind.deciding(EgressFirewalls.TYPE));
    return out;
  }

  @Override
  public Set<PolicyKind> policyKinds(Context context) {
    Set<PolicyKind> out = new LinkedHashSet<>(policyKinds());
    if (context.active("ovn-kubernetes.anp-off")) {
      out.removeAll(ClusterPolicies.ADMIN);
    }
    if (context.active("ovn-kubernetes.egress-firewall-off")) {
      out.removeIf(k -> k.type().equals(EgressFirewalls.TYPE));
    }
    return out;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return OvnSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    NetworkPolicyAcls acls = new NetworkPolicyAcls(snapshot, context);
    return document -> {
      if (document.id().type().equals(EgressFirewalls.TYPE)) {
        return EgressFirewalls.compile(document, context);
      }
      return ClusterPolicies.is(document) ? clusterWide(document, context) : acls.compile(document);
    };
  }

  /** In the ACLs' order: by priority, then by the place of the rule in its policy. */
  private static Compiled<List<Placed>> clusterWide(Document document, Context context) {
    List<Finding> findings = new ArrayList<>();
    List<Doubt> doubts = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        ClusterPolicies.compile(
            document,
            ClusterReading.specification(context)
                .bent(spec -> programmed(spec, context, findings, doubts))
                .ranked((spec, index) -> spec.priority() * 100 + index));
    findings.addAll(compiled.findings());
    List<Placed> placed = compiled.value();
    for (Doubt doubt : doubts) {
      placed = NetworkPolicies.isolatingOnly(placed, doubt);
    }
    return new Compiled<>(placed, findings);
  }

  /** The ACLs have room for the priorities 0 to 99 only, and the engine's API has no names. */
  private static Optional<ClusterPolicySpec> programmed(
      ClusterPolicySpec spec, Context context, List<Finding> findings, List<Doubt> doubts) {
    if (spec.priority() <= 99) {
      spec.peers()
          .filter(Peer.DomainNames.class::isInstance)
          .findFirst()
          .ifPresent(_ ->
              doubts.add(Doubt.Unverified.of(context.origin("ovn-kubernetes.anp-domain-names"))));
      return Optional.of(spec);
    }
    Origin.BuiltIn because = context.origin("ovn-kubernetes.anp-priority-limit");
    findings.add(
        new Finding(
            "PV104",
            Severity.WARNING,
            spec.name() + " is not enforced at all: " + because.says(),
            "give it a priority from 0 to 99",
            new Origin.Bent(spec.document().at("spec", "priority").origin(), because)));
    return Optional.empty();
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return OvnFrame.of(snapshot, context);
  }
}
