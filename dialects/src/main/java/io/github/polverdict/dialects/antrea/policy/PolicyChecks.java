package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the custom resource definitions ask of a policy
 * (build/charts/antrea/crds/networkpolicy.yaml, clusternetworkpolicy.yaml); the fields are those of
 * v1beta1, of which v1alpha1 has fewer.
 */
final class PolicyChecks {
  static final String CODE = "PV080";
  private static final Set<String> SELECTORS =
      Set.of("podSelector", "namespaceSelector", "externalEntitySelector", "nodeSelector");

  private final FieldChecks checks = new FieldChecks(CODE);
  private final boolean cluster;
  private final boolean alpha;

  PolicyChecks(Document document) {
    this.cluster = document.id().type().equals(AntreaPolicies.CLUSTER);
    this.alpha = document.id().apiVersion().endsWith("/v1alpha1");
  }

  List<Finding> check(Document document) {
    checks.onlyFields(document.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    Field spec = document.at("spec");
    checks.isMap(spec);
    checks.onlyFields(spec, Set.of("tier", "priority", "appliedTo", "ingress", "egress"));
    checks.isString(spec.get("tier"));
    priority(spec.get("priority"));
    appliedTo(spec.get("appliedTo"), true);
    rules(spec.get("ingress"), "from");
    rules(spec.get("egress"), "to");
    return checks.findings();
  }

  private void priority(Field field) {
    if (!checks.required(field)) {
      return;
    }
    double value;
    try {
      value = field.string().isPresent() ? Double.NaN : Double.parseDouble(field.text(""));
    } catch (NumberFormatException _) {
      value = Double.NaN;
    }
    if (Double.isNaN(value)) {
      checks.refuse(field, "spec.priority in body must be of type number");
    } else if (value < 1) {
      checks.refuse(field, "spec.priority in body should be greater than or equal to 1");
    } else if (value > 10000) {
      checks.refuse(field, "spec.priority in body should be less than or equal to 10000");
    }
  }

  private void appliedTo(Field list, boolean ofPolicy) {
    checks.isList(list);
    Set<String> known = new LinkedHashSet<>(Set.of("podSelector", "group"));
    if (cluster) {
      known.addAll(Set.of("namespaceSelector", "serviceAccount", "service"));
      if (ofPolicy && !alpha) {
        known.add("nodeSelector");
      }
    } else if (ofPolicy) {
      known.add("externalEntitySelector");
    }
    for (Field entry : list.items()) {
      checks.isMap(entry);
      checks.onlyFields(entry, known);
      named(entry);
    }
  }

  /** The fields that entries of appliedTo and peers share. */
  private void named(Field entry) {
    SELECTORS.stream().sorted().forEach(s -> checks.labelSelector(entry.get(s)));
    checks.isString(entry.get("group"));
    for (String reference : List.of("serviceAccount", "service")) {
      Field field = entry.get(reference);
      if (field.present()) {
        checks.isMap(field);
        checks.onlyFields(field, Set.of("name", "namespace"));
        checks.required(field.get("name"));
        checks.required(field.get("namespace"));
      }
    }
  }

  private void rules(Field rules, String peers) {
    checks.isList(rules);
    Set<String> known =
        new LinkedHashSet<>(
            Set.of("action", "name", "enableLogging", "logLabel", "appliedTo", peers));
    known.addAll(Set.of("ports", "protocols", "l7Protocols"));
    if (peers.equals("to")) {
      known.add("toServices");
    }
    for (Field rule : rules.items()) {
      checks.isMap(rule);
      checks.onlyFields(rule, known);
      if (checks.required(rule.get("action"))) {
        checks.oneOf(rule.get("action"), List.of("Allow", "Drop", "Reject", "Pass"));
      }
      checks.isString(rule.get("name"));
      checks.isBool(rule.get("enableLogging"));
      appliedTo(rule.get("appliedTo"), false);
      checks.isList(rule.get(peers));
      rule.get(peers).items().forEach(p -> peer(p, peers));
      traffic(rule, peers);
    }
  }

  private void peer(Field peer, String side) {
    checks.isMap(peer);
    Set<String> known =
        new LinkedHashSet<>(
            Set.of(
                "podSelector", "namespaceSelector", "ipBlock", "group", "nodeSelector", "scope"));
    known.addAll(
        cluster ? Set.of("namespaces", "serviceAccount") : Set.of("externalEntitySelector"));
    if (side.equals("to")) {
      known.add("fqdn");
    }
    checks.onlyFields(peer, known);
    named(peer);
    checks.isString(peer.get("fqdn"));
    Field namespaces = peer.get("namespaces");
    checks.isMap(namespaces);
    checks.onlyFields(namespaces, alpha ? Set.of("match") : Set.of("match", "sameLabels"));
    if (namespaces.get("match").present()) {
      checks.oneOf(namespaces.get("match"), List.of("Self"));
    }
    checks.isList(namespaces.get("sameLabels"));
    if (peer.get("scope").present()) {
      checks.oneOf(peer.get("scope"), List.of("Cluster", "ClusterSet"));
    }
    if (peer.get("ipBlock").present()) {
      IpBlocks.check(peer.get("ipBlock"), checks);
    }
  }

  private void traffic(Field rule, String side) {
    checks.isList(rule.get("ports"));
    for (Field port : rule.get("ports").items()) {
      checks.isMap(port);
      checks.onlyFields(port, Set.of("protocol", "port", "endPort", "sourcePort", "sourceEndPort"));
      if (port.get("protocol").present()) {
        checks.oneOf(port.get("protocol"), List.of("TCP", "UDP", "SCTP"));
      }
      checks.intOrString(port.get("port"));
      List.of("endPort", "sourcePort", "sourceEndPort").forEach(p -> checks.isInteger(port.get(p)));
    }
    checks.isList(rule.get("protocols"));
    rule.get("protocols").items().forEach(p -> protocol(p, side));
    checks.isList(rule.get("l7Protocols"));
    for (Field l7 : rule.get("l7Protocols").items()) {
      oneOf(l7, "http", "tls");
    }
    for (Field service : rule.get("toServices").items()) {
      checks.onlyFields(service, Set.of("name", "namespace", "scope"));
      checks.required(service.get("name"));
      if (cluster) {
        checks.required(service.get("namespace"));
      }
    }
  }

  private void protocol(Field protocol, String side) {
    oneOf(protocol, "icmp", "igmp");
    Field icmp = protocol.get("icmp");
    checks.onlyFields(icmp, Set.of("icmpType", "icmpCode"));
    List.of("icmpType", "icmpCode").forEach(k -> checks.inRange(icmp.get(k), 0, 255));
    Field igmp = protocol.get("igmp");
    checks.onlyFields(igmp, Set.of("igmpType", "groupAddress"));
    Field type = igmp.get("igmpType");
    Set<Integer> types = side.equals("from") ? Set.of(0x11) : Set.of(0x12, 0x16, 0x22);
    if (type.present() && checks.isInteger(type)) {
      if (!types.contains(type.integer().orElse(-1))) {
        String supported = String.join(", ", types.stream().sorted().map(String::valueOf).toList());
        checks.refuse(
            type, "Unsupported value: " + type.text("") + ": supported values: " + supported);
      }
    }
  }

  private void oneOf(Field field, String one, String other) {
    checks.isMap(field);
    checks.onlyFields(field, Set.of(one, other));
    if (field.get(one).present() == field.get(other).present()) {
      checks.refuse(field, "must validate one and only one schema (oneOf)");
    }
  }
}
