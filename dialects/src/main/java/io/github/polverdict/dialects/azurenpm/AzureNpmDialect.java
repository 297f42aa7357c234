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

/** How Azure NPM reads NetworkPolicies: as the API says, or not at all. */
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
    List<Doubt> doubts = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              Optional<Finding> skipped =
                  Translation.refuses(spec, context).map(row -> skipped(spec, row));
              skipped.ifPresent(findings::add);
              if (!spec.blocks().isEmpty() && context.active(Translation.CIDR_LOST)) {
                doubts.add(Doubt.Unverified.of(context.origin(Translation.CIDR_LOST)));
              }
              return skipped.isEmpty() ? Optional.of(spec) : Optional.empty();
            },
            Reading.specification());
    findings.addAll(compiled.findings());
    List<Placed> placed = new ArrayList<>(compiled.value());
    for (Doubt doubt : doubts) {
      placed.addAll(Translation.forAnyAddress(compiled.value(), doubt));
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
