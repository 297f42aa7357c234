package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.api.Bundle;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.cilium.policy.CiliumPolicies;
import io.github.polverdict.dialects.cilium.policy.Derived;
import io.github.polverdict.dialects.cilium.policy.Families;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How Cilium reads NetworkPolicies: by identity, not by address. */
public final class CiliumDialect implements Dialect {

  @Override
  public String id() {
    return "cilium";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of("gke-dataplane-v2", managed("gke-dataplane-v2"), "azure-cilium", managed("aks"));
  }

  /** Neither has kube-proxy, both route in their cloud's network. */
  private static Map<String, String> managed(String distribution) {
    return Map.of(
        "distribution", distribution, "kube-proxy-replacement", "true", "routing-mode", "native");
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    Set<PolicyKind> out = new LinkedHashSet<>(NetworkPolicies.KINDS);
    out.addAll(CiliumPolicies.KINDS);
    out.addAll(ClusterPolicies.CLUSTER);
    out.add(PolicyKind.supporting(LocalRedirects.KIND));
    out.add(PolicyKind.supporting(KnownLabels.KIND));
    out.add(PolicyKind.supporting(KnownLabels.IDENTITY));
    out.add(PolicyKind.supporting(NodeAddresses.KIND));
    return out;
  }

  @Override
  public Set<PolicyKind> policyKinds(Context context) {
    Set<PolicyKind> out = new LinkedHashSet<>(policyKinds());
    if (!context.active("cilium.kcnp")) {
      out.removeAll(ClusterPolicies.CLUSTER);
    }
    return out;
  }

  @Override
  public List<Bundle> definitions() {
    return List.of(new Bundle("cilium.io", List.of("1.15", "1.20")));
  }

  @Override
  public Set<String> namespaceLabels() {
    return Set.of("io.kubernetes.pod.namespace");
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return CiliumSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    Reading reading = reading(context);
    Families families = Families.of(snapshot, context);
    CiliumPolicies own =
        new CiliumPolicies(
            snapshot,
            context,
            List.of(reading.byAddress(), reading.byWholeRange()),
            egressNames(context),
            Derived.of(context, LabelFilter.view(context)));
    return document -> {
      if (ClusterPolicies.is(document)) {
        return ClusterWide.compile(document, reading, context);
      }
      Compiled<List<Placed>> compiled =
          CiliumPolicies.is(document)
              ? own(document, own, context)
              : compiled(document, families, context);
      return context.active("cilium.kcnp") ? isolatingLast(compiled) : compiled;
    };
  }

  private static Compiled<List<Placed>> own(
      Document document, CiliumPolicies policies, Context context) {
    return CiliumPolicies.switchedOff(document, context)
        .map(row -> new Compiled<List<Placed>>(List.of(), List.of(inert(document, row, context))))
        .orElseGet(() -> policies.compile(document));
  }

  /** Isolation denies once more after all, in case that a Baseline rule passes. */
  private static Compiled<List<Placed>> isolatingLast(Compiled<List<Placed>> compiled) {
    List<Placed> out = new ArrayList<>(compiled.value());
    compiled.value().stream()
        .filter(p -> p.block().isolates())
        .map(p -> new Placed(ClusterWide.DEFAULT, p.block().withRules(List.of())))
        .forEach(out::add);
    return new Compiled<>(out, compiled.findings(), compiled.standings());
  }

  private static Compiled<List<Placed>> compiled(
      Document document, Families families, Context context) {
    if (context.active("cilium.knp-disabled")) {
      return new Compiled<>(List.of(), List.of(inert(document, "cilium.knp-disabled", context)));
    }
    Reading reading = reading(context);
    List<Placed> unsure = new ArrayList<>();
    List<NetworkPolicySpec> read = new ArrayList<>();
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
              Optional<String> dropped = CiliumBends.dropped(spec, context);
              if (dropped.isPresent()) {
                findings.add(inert(document, dropped.get(), context));
                return Optional.empty();
              }
              read.add(spec);
              return Optional.of(
                  CiliumBends.inBothFamilies(CiliumBends.bent(spec, context), families));
            },
            reading);
    List<Placed> known = compiled.value();
    for (NetworkPolicySpec spec : read) {
      known = CiliumBends.perhapsMore(spec, known, families, reading.byWholeRange(), context);
    }
    List<Placed> all = new ArrayList<>(known);
    all.addAll(unsure);
    findings.addAll(compiled.findings());
    return new Compiled<>(all, findings);
  }

  static Finding inert(Document document, String quirk, Context context) {
    return new Finding(
        "PV104",
        Severity.WARNING,
        document.id().text() + " is not enforced at all: " + context.origin(quirk).says(),
        "see the row " + quirk + " of polverdict inspect --dialect cilium",
        new Origin.Bent(document.origin(), context.origin(quirk)));
  }

  /** How a name is resolved on the pod that is called. */
  static Resolution onTheDestination(Context context) {
    return context.active("cilium.named-port-last")
        ? Resolution.LAST_ON_THE_DESTINATION
        : Resolution.ON_THE_DESTINATION;
  }

  private static Resolution egressNames(Context context) {
    return context.active("cilium.named-port-egress-global")
        ? Resolution.ONE_NUMBER_PER_CLUSTER
        : onTheDestination(context);
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
    if (!context.active("cilium.ipblock-excludes-cluster-identities")) {
      byAddress.addAll(Kind.INSIDE);
      byWholeRange.addAll(Kind.INSIDE);
    }
    Resolution egress = egressNames(context);
    Reading.PortNames ingressNames = Reading.resolvedAs(onTheDestination(context), false);
    Reading.PortNames egressNames = Reading.resolvedAs(egress, false);
    return Reading.specification()
        .ipBlocksMatch(byAddress)
        .wholeRangesMatch(byWholeRange)
        .unlabelled(unlabelled(context))
        .names((names, use, peer) ->
            switch (use.direction()) {
              case INGRESS -> ingressNames.resolve(names, use, peer);
              case EGRESS -> egressNames.resolve(names, use, peer);
            });
  }

  private static Reading.Unlabelled unlabelled(Context context) {
    if (!context.active("cilium.ns-selector-negative-overselects")) {
      return Reading.Unlabelled.PODS;
    }
    return context.active("cilium.negative-selector-selects-all")
        ? Reading.Unlabelled.EVERYBODY
        : Reading.Unlabelled.AND_OTHERS;
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    Set<String> mayDeny =
        policyKinds(context).stream()
            .filter(k -> k.power() == PolicyKind.Power.DECIDES)
            .map(PolicyKind::type)
            .collect(Collectors.toSet());
    Policies policies = policies(snapshot, context);
    List<Block> ingress =
        snapshot.documents().stream()
            .filter(d -> mayDeny.contains(d.id().type()))
            .flatMap(d -> policies.compile(d).value().stream())
            .filter(p -> !p.tier().equals(ClusterWide.DEFAULT))
            .map(Placed::block)
            .filter(b -> b.direction() == Direction.INGRESS)
            .toList();
    return CiliumFrame.of(snapshot, context, new Localhost(snapshot, context, ingress));
  }

  /** The policies' own isolation, as this engine reads it. */
  static Optional<NetworkPolicySpec> loaded(NetworkPolicySpec spec, Context context) {
    return CiliumBends.dropped(spec, context).isPresent()
        ? Optional.empty()
        : Optional.of(CiliumBends.bent(spec, context));
  }
}
