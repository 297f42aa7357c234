package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.SchemaChecks;
import java.util.List;
import java.util.Set;

/**
 * The rules of the custom resource definition (ovn-kubernetes,
 * dist/templates/k8s.ovn.org_egressfirewalls.yaml.j2), with the words of the API server.
 */
final class EgressFirewallChecks {
  private static final String TYPE = "^Allow|Deny$"; // the pattern takes "Allowed" too
  private static final String NAME = "^(\\*\\.)?([A-Za-z0-9-]+\\.)*[A-Za-z0-9-]+\\.?$";

  private final SchemaChecks checks = new SchemaChecks("PV080");

  private EgressFirewallChecks() {}

  static List<Finding> check(Document document) {
    EgressFirewallChecks all = new EgressFirewallChecks();
    all.whole(document);
    return all.checks.findings();
  }

  private void whole(Document document) {
    checks.object(document.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    checks.matches(document.at("metadata", "name"), "^default$");
    Field spec = document.at("spec");
    if (checks.required(spec) && checks.object(spec, Set.of("egress"))) {
      checks.required(spec.get("egress"));
      checks.array(spec.get("egress"));
    }
    spec.get("egress").items().forEach(this::rule);
  }

  private void rule(Field rule) {
    checks.object(rule, Set.of("type", "to", "ports"));
    checks.required(rule.get("type"));
    checks.matches(rule.get("type"), TYPE);
    if (checks.required(rule.get("to"))) {
      to(rule.get("to"));
    }
    checks.array(rule.get("ports"));
    for (Field port : rule.get("ports").items()) {
      checks.object(port, Set.of("protocol", "port"));
      checks.required(port.get("protocol"));
      checks.matches(port.get("protocol"), "^TCP|UDP|SCTP$");
      checks.required(port.get("port"));
      checks.number(port.get("port"), 1, 65535);
    }
  }

  private void to(Field to) {
    checks.object(to, Set.of("cidrSelector", "dnsName", "nodeSelector"));
    checks.exactlyOne(to);
    checks.string(to.get("cidrSelector"));
    checks.matches(to.get("dnsName"), NAME);
    Field nodes = to.get("nodeSelector");
    checks.object(nodes, Set.of("matchLabels", "matchExpressions"));
    nodes.get("matchLabels").members().values().forEach(checks::string);
    checks.array(nodes.get("matchExpressions"));
    for (Field expression : nodes.get("matchExpressions").items()) {
      checks.object(expression, Set.of("key", "operator", "values"));
      checks.required(expression.get("key"));
      checks.required(expression.get("operator"));
    }
  }
}
