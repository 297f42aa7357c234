package io.github.polverdict.dialects.azurenpm;

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
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How Azure NPM reads NetworkPolicies: as the API says but for negations, or not at all. */
public final class AzureNpmDialect implements Dialect {

  @Override
  public String id() {
    return "azure-npm";
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return NetworkPolicies.KINDS;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return AzureNpmSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    return document -> compiled(document, context);
  }

  private static Compiled<List<Placed>> compiled(Document document, Context context) {
    List<Finding> findings = new ArrayList<>();
    List<Placed> unsure = new ArrayList<>();
    Reading reading =
        Reading.specification()
            .unlabelled(
                context.active("azure-npm.negative-namespace-selects-others")
                    ? Reading.Unlabelled.AND_OTHERS
                    : Reading.Unlabelled.PODS);
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              Optional<Origin.BuiltIn> refused = Translation.refuses(spec, context);
              if (refused.isPresent()) {
                findings.add(skipped(spec, refused.get()));
                return Optional.empty();
              }
              Optional<Origin.BuiltIn> lost = Translation.loses(spec, context);
              if (lost.isPresent()) {
                Doubt which = Doubt.Unverified.of(lost.get());
                unsure.addAll(NetworkPolicies.unsure(spec, which, reading));
                return Optional.empty();
              }
              return Optional.of(Translation.bent(spec, context));
            },
            reading);
    findings.addAll(compiled.findings());
    List<Placed> placed = new ArrayList<>(compiled.value());
    placed.addAll(unsure);
    if (context.active(Translation.CIDR_LOST)) {
      Doubt lost = Doubt.Unverified.of(context.origin(Translation.CIDR_LOST));
      placed.addAll(Translation.forAnyAddress(compiled.value(), lost));
    }
    return new Compiled<>(placed, findings);
  }

  private static Finding skipped(NetworkPolicySpec spec, Origin.BuiltIn because) {
    return new Finding(
        "PV104",
        Severity.WARNING,
        spec.name() + " is not enforced at all: " + because.says(),
        "write it without what the translation refuses; the agent's log names it",
        new Origin.Bent(spec.document().origin(), because));
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return AzureNpmFrame.of(snapshot, context);
  }
}
