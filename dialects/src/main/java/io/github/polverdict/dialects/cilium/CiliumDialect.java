package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
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
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How Cilium reads NetworkPolicies: by identity, not by address. */
public final class CiliumDialect implements Dialect {

  @Override
  public String id() {
    return "cilium";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of(
        "gke-dataplane-v2", Map.of("distribution", "gke-dataplane-v2"),
        "azure-cilium", Map.of("distribution", "aks"));
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return NetworkPolicies.KINDS;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return CiliumSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    return document -> compiled(document, context);
  }

  private static Compiled<List<Placed>> compiled(Document document, Context context) {
    if (context.active("cilium.knp-disabled")) {
      return new Compiled<>(List.of(), List.of(inert(document, "cilium.knp-disabled", context)));
    }
    Reading reading = reading(context);
    List<Placed> unsure = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              if (spec.blocks().stream().anyMatch(b -> !b.strict())) {
                String quirk = "cilium.ipblock-leading-zero";
                Doubt doubt = new Doubt.Unverified(quirk, context.origin(quirk).says());
                unsure.addAll(NetworkPolicies.unsure(spec, doubt, reading));
                return Optional.empty();
              }
              if (CiliumBends.dropped(spec, context)) {
                findings.add(inert(document, "cilium.unparsable-port-drops-policy", context));
                return Optional.empty();
              }
              return Optional.of(CiliumBends.bent(spec, context));
            },
            reading);
    List<Placed> all = new ArrayList<>(compiled.value());
    all.addAll(unsure);
    findings.addAll(compiled.findings());
    return new Compiled<>(all, findings);
  }

  private static Finding inert(Document document, String quirk, Context context) {
    return new Finding(
        "PV104",
        Severity.WARNING,
        document.id().text() + " is not enforced at all: " + context.origin(quirk).says(),
        "see the row " + quirk + " of polverdict inspect --dialect cilium",
        new Origin.Bent(document.origin(), context.origin(quirk)));
  }

  private static Reading reading(Context context) {
    Set<Kind> byAddress = EnumSet.noneOf(Kind.class);
    if (context.active("cilium.ipblock-matches-nodes")) {
      byAddress.addAll(Set.of(Kind.NODE, Kind.HOST_POD));
    }
    if (context.active("cilium.ipblock-matches-pods")) {
      byAddress.add(Kind.POD);
    }
    Set<Kind> byWholeRange = EnumSet.noneOf(Kind.class);
    if (context.active("cilium.ipblock-zero-matches-nodes")) {
      byWholeRange.addAll(Set.of(Kind.NODE, Kind.HOST_POD));
    }
    if (context.active("cilium.ipblock-zero-by-mode")) {
      byWholeRange.addAll(byAddress);
    }
    Resolution egress =
        context.active("cilium.named-port-egress-global")
            ? Resolution.ONE_NUMBER_PER_CLUSTER
            : Resolution.ON_THE_DESTINATIONS_IDENTITY;
    Reading.PortNames ingressNames = Reading.onTheDestination(false);
    Reading.PortNames egressNames = Reading.resolvedAs(egress, false);
    return Reading.specification()
        .ipBlocksMatch(byAddress)
        .wholeRangesMatch(byWholeRange)
        .alsoUnlabelled(context.active("cilium.ns-selector-negative-overselects"))
        .names((names, use, peer) ->
            switch (use.direction()) {
              case INGRESS -> ingressNames.resolve(names, use, peer);
              case EGRESS -> egressNames.resolve(names, use, peer);
            });
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return CiliumFrame.of(snapshot, context);
  }

  /** The policies' own isolation, as this engine reads it. */
  static Optional<NetworkPolicySpec> loaded(NetworkPolicySpec spec, Context context) {
    return CiliumBends.dropped(spec, context)
        ? Optional.empty()
        : Optional.of(CiliumBends.bent(spec, context));
  }
}
