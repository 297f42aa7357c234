package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the definitions take and nobody can read: selectors that are none (the schema has their form
 * only) and protocols that v1alpha1 does not speak of. What an engine makes of it is not known.
 */
final class Unparsable {
  static final String CODE = "PV082";
  private static final String HELP =
      "the API server takes it, but engines cannot read it; what they make of it is not known";

  private final List<Finding> findings = new ArrayList<>();

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  void selector(Field selector) {
    FieldChecks checks = new FieldChecks(CODE);
    checks.labelSelector(selector);
    checks.findings().forEach(this::add);
  }

  void protocol(Field protocol) {
    if (protocol.present() && !Set.of("TCP", "UDP", "SCTP").contains(protocol.text(""))) {
      FieldChecks checks = new FieldChecks(CODE);
      checks.oneOf(protocol, List.of("TCP", "UDP", "SCTP"));
      checks.findings().forEach(this::add);
    }
  }

  private void add(Finding finding) {
    findings.add(new Finding(CODE, Severity.ERROR, finding.message(), HELP, finding.origin()));
  }
}
