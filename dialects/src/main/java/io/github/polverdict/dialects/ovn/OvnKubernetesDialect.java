package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec;
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
    HostNetwork hosts = new HostNetwork(snapshot, context);
    return document -> {
      if (document.id().type().equals(EgressFirewalls.TYPE)) {
        return EgressFirewalls.compile(document, context);
      }
      return ClusterPolicies.is(document)
          ? clusterWide(document, context)
          : compiled(document, context, hosts);
    };
  }

  private static Compiled<List<Placed>> clusterWide(Document document, Context context) {
    List<Finding> findings = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        ClusterPolicies.compile(
            document,
            ClusterReading.specification().bent(spec -> programmed(spec, context, findings)));
    findings.addAll(compiled.findings());
    return new Compiled<>(compiled.value(), findings);
  }

  /** The ACLs have room for the priorities 0 to 99 only. */
  private static Optional<ClusterPolicySpec> programmed(
      ClusterPolicySpec spec, Context context, List<Finding> findings) {
    if (spec.priority() <= 99) {
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

  private static Compiled<List<Placed>> compiled(
      Document document, Context context, HostNetwork hosts) {
    List<Placed> dormant = new ArrayList<>();
    Reading reading = Reading.specification();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              NetworkPolicySpec bent = hosts.asPeers(PortGroups.of(spec, context));
              dormant.addAll(dormant(bent, reading, context));
              return Optional.of(bent);
            },
            reading);
    List<Placed> all = new ArrayList<>(compiled.value());
    all.addAll(dormant);
    return new Compiled<>(all, compiled.findings());
  }

  /** Rules of a direction that policyTypes leaves out: they allow, and isolate nobody. */
  private static List<Placed> dormant(NetworkPolicySpec spec, Reading reading, Context context) {
    Origin.BuiltIn row = context.origin("ovn-kubernetes.policytypes");
    List<Placed> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      if (!spec.isolates().contains(direction) && !spec.rules(direction).isEmpty()) {
        NetworkPolicies.placed(spec.isolatingAlso(direction, row), reading).stream()
            .filter(p -> p.block().direction() == direction)
            .map(p -> new Placed(p.tier(), notIsolating(p.block())))
            .forEach(out::add);
      }
    }
    return out;
  }

  private static Block notIsolating(Block block) {
    return new Block(
        block.name(),
        block.subject(),
        block.direction(),
        false,
        block.rules(),
        block.onlyIf(),
        block.origin());
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return OvnFrame.of(snapshot, context);
  }
}
