package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.Unparsable;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.SchemaChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the custom resource definitions of networking.k8s.aws have in common
 * (amazon-network-policy-controller-k8s, pkg/crd/crds.yaml and api/v1alpha1 of v1.1.7): form only,
 * so that selectors, protocols and ranges may be taken that nobody can read.
 */
final class Schema {
  static final String DOMAIN_NAME =
      "^(\\*\\.)?([a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.)+"
          + "[a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.?$";

  private final Document document;
  private final Context context;
  private final SchemaChecks checks = new SchemaChecks("PV080");
  private final Unparsable unparsable = new Unparsable();

  Schema(Document document, Context context) {
    this.document = document;
    this.context = context;
  }

  SchemaChecks checks() {
    return checks;
  }

  Unparsable unparsable() {
    return unparsable;
  }

  /** The first to come are those for which the API server refuses the object. */
  List<Finding> findings() {
    List<Finding> out = new ArrayList<>(context.refusals(document, checks::findings));
    out.addAll(unparsable.findings());
    return out;
  }

  boolean wellFormed() {
    return findings().isEmpty();
  }

  void document() {
    checks.object(document.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    checks.required(document.at("spec"));
  }

  void selector(Field selector) {
    if (checks.labelSelector(selector)) {
      unparsable.selector(selector);
    }
  }

  void names(Field names, int most) {
    checks.items(names, 1, most);
    checks.unique(names);
    names.items().forEach(n -> checks.matches(n, DOMAIN_NAME));
  }
}
