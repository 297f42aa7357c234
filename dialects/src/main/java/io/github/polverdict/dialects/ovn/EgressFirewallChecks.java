package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules of the custom resource definition (ovn-kubernetes,
 * dist/templates/k8s.ovn.org_egressfirewalls.yaml.j2), with the words of the API server.
 */
final class EgressFirewallChecks {
  private static final String TYPE = "^Allow|Deny$"; // the pattern takes "Allowed" too
  private static final String NAME = "^(\\*\\.)?([A-Za-z0-9-]+\\.)*[A-Za-z0-9-]+\\.?$";

  private final FieldChecks checks = new FieldChecks("PV080");

  private EgressFirewallChecks() {}

  static List<Finding> check(Document document) {
    EgressFirewallChecks all = new EgressFirewallChecks();
    all.whole(document);
    return all.checks.findings();
  }

  private void whole(Document document) {
    checks.onlyFields(document.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    matches(document.at("metadata", "name"), "^default$");
    Field spec = document.at("spec");
    Field egress = spec.get("egress");
    if (checks.isMap(spec) && checks.required(spec)) {
      checks.onlyFields(spec, Set.of("egress"));
      if (!egress.present()) {
        checks.refuse(egress, "Required value");
      }
    }
    checks.isList(egress);
    egress.items().forEach(this::rule);
  }

  private void rule(Field rule) {
    checks.isMap(rule);
    checks.onlyFields(rule, Set.of("type", "to", "ports"));
    if (checks.required(rule.get("type"))) {
      matches(rule.get("type"), TYPE);
    }
    if (checks.required(rule.get("to")) && checks.isMap(rule.get("to"))) {
      to(rule.get("to"));
    }
    checks.isList(rule.get("ports"));
    for (Field port : rule.get("ports").items()) {
      checks.onlyFields(port, Set.of("protocol", "port"));
      if (checks.required(port.get("protocol"))) {
        checks.oneOf(port.get("protocol"), List.of("TCP", "UDP", "SCTP"));
      }
      if (checks.required(port.get("port")) && checks.isInteger(port.get("port"))) {
        checks.port(port.get("port"));
      }
    }
  }

  private void to(Field to) {
    checks.onlyFields(to, Set.of("cidrSelector", "dnsName", "nodeSelector"));
    int count = to.members().size();
    if (count < 1) {
      checks.refuse(
          to, "Invalid value: 0: " + to.path() + " in body should have at least 1 properties");
    } else if (count > 1) {
      checks.refuse(to, "Too many: " + count + ": must have at most 1 items");
    }
    checks.isString(to.get("cidrSelector"));
    matches(to.get("dnsName"), NAME);
    checks.labelSelector(to.get("nodeSelector"));
  }

  private void matches(Field field, String pattern) {
    if (field.present() && !Pattern.compile(pattern).matcher(field.text("")).find()) {
      checks.refuse(
          field,
          "Invalid value: \"%s\": %s in body should match '%s'"
              .formatted(field.text(""), field.path(), pattern));
    }
  }
}
