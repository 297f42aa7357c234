package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the definitions take and nobody can read: selectors that are none (the schema has their form
 * only), protocols that v1alpha1 does not speak of, ports and ranges that are none. What an engine
 * makes of it is not known.
 */
public final class Unparsable {
  public static final String CODE = "PV082";
  private static final String HELP =
      "the API server takes it, but engines cannot read it; what they make of it is not known";

  private final List<Finding> findings = new ArrayList<>();

  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  public void selector(Field selector) {
    FieldChecks checks = new FieldChecks(CODE);
    checks.labelSelector(selector);
    checks.findings().forEach(this::add);
  }

  public void protocol(Field protocol) {
    if (protocol.present() && !Set.of("TCP", "UDP", "SCTP").contains(protocol.text(""))) {
      FieldChecks checks = new FieldChecks(CODE);
      checks.oneOf(protocol, List.of("TCP", "UDP", "SCTP"));
      checks.findings().forEach(this::add);
    }
  }

  /** A port by number or by name; the schema of some kinds takes any number and any text. */
  public void port(Field port) {
    FieldChecks checks = new FieldChecks(CODE);
    if (port.present()) {
      checks.portOrName(port);
    }
    checks.findings().forEach(this::add);
  }

  /** An address range; the schema of some kinds takes any text. */
  public void range(Field cidr) {
    if (cidr.present() && IpSet.cidr(cidr.text("")).isEmpty()) {
      FieldChecks checks = new FieldChecks(CODE);
      checks.refuse(cidr, "Invalid value: \"" + cidr.text("") + "\": must be a CIDR");
      checks.findings().forEach(this::add);
    }
  }

  private void add(Finding finding) {
    findings.add(new Finding(CODE, Severity.ERROR, finding.message(), HELP, finding.origin()));
  }
}
