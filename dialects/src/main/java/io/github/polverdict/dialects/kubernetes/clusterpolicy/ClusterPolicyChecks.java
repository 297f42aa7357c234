package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of the custom resource definitions (network-policy-api config/crd, standard and
 * experimental, of v0.1.8 and v0.2.0). Fields of the experimental channel are taken: a server with
 * the standard one prunes them before they get here.
 */
final class ClusterPolicyChecks {
  private static final String CODE = "PV080";

  private final FieldChecks checks = new FieldChecks(CODE);
  private final Version version;
  private final boolean live;
  private boolean subjectValid;

  /**
   * What differs between the kinds.
   *
   * @param most how many rules, peers and ports a list may have
   */
  enum Version {
    CLUSTER(25, List.of("Accept", "Deny", "Pass"), "protocols"),
    ADMIN(100, List.of("Allow", "Deny", "Pass"), "ports"),
    BASELINE(100, List.of("Allow", "Deny"), "ports");

    private final int most;
    private final List<String> actions;
    private final String traffic;

    Version(int most, List<String> actions, String traffic) {
      this.most = most;
      this.actions = actions;
      this.traffic = traffic;
    }

    /** The name of the list of ports. */
    String traffic() {
      return traffic;
    }

    static Version of(Document document) {
      return switch (document.id().kind()) {
        case "AdminNetworkPolicy" -> ADMIN;
        case "BaselineAdminNetworkPolicy" -> BASELINE;
        case String _ -> CLUSTER;
      };
    }
  }

  ClusterPolicyChecks(Document document) {
    this.version = Version.of(document);
    this.live = document.live();
  }

  List<Finding> check(Document document) {
    checks.onlyFields(document.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    Field spec = document.at("spec");
    checks.required(spec);
    checks.isMap(spec);
    switch (version) {
      case CLUSTER -> {
        checks.onlyFields(spec, Set.of("tier", "priority", "subject", "ingress", "egress"));
        checks.required(spec.get("tier"));
        checks.oneOf(spec.get("tier"), List.of("Admin", "Baseline"));
        priority(spec);
      }
      case ADMIN -> {
        checks.onlyFields(spec, Set.of("priority", "subject", "ingress", "egress"));
        priority(spec);
      }
      case BASELINE -> {
        checks.onlyFields(spec, Set.of("subject", "ingress", "egress"));
        if (!document.id().name().equals("default")) {
          checks.refuse(
              document.at("metadata", "name"),
              "Only one baseline admin network policy with metadata.name=\"default\" can be created"
                  + " in the cluster");
        }
      }
    }
    int before = checks.findings().size();
    subject(spec.get("subject"));
    subjectValid = checks.findings().size() == before;
    rules(spec.get("ingress"), "from");
    rules(spec.get("egress"), "to");
    return checks.findings();
  }

  /** Whether {@code subject} can be read though something else may be wrong. */
  boolean subjectValid() {
    return subjectValid;
  }

  private void priority(Field spec) {
    checks.required(spec.get("priority"));
    if (spec.get("priority").present()) {
      checks.inRange(spec.get("priority"), 0, 1000);
    }
  }

  private void subject(Field subject) {
    if (checks.required(subject) && checks.isMap(subject)) {
      checks.onlyFields(subject, Set.of("namespaces", "pods"));
      exactlyOne(subject, Set.of("namespaces", "pods"));
      checks.labelSelector(subject.get("namespaces"));
      if (subject.get("pods").present()) {
        pods(subject.get("pods"));
      }
    }
  }

  private void pods(Field pods) {
    checks.isMap(pods);
    checks.onlyFields(pods, Set.of("namespaceSelector", "podSelector"));
    checks.required(pods.get("podSelector"));
    if (version != Version.CLUSTER) {
      checks.required(pods.get("namespaceSelector"));
    }
    checks.labelSelector(pods.get("namespaceSelector"));
    checks.labelSelector(pods.get("podSelector"));
  }

  private void exactlyOne(Field field, Set<String> among) {
    long found = among.stream().filter(key -> field.get(key).present()).count();
    if (found != 1) {
      String names = String.join(", ", among.stream().sorted().toList());
      checks.refuse(field, "exactly one of " + names + " must be given");
    }
  }

  private void rules(Field rules, String peers) {
    checks.isList(rules);
    atMost(rules);
    for (Field rule : rules.items()) {
      checks.isMap(rule);
      checks.onlyFields(rule, Set.of("name", "action", peers, version.traffic));
      if (rule.get("name").text("").length() > 100) {
        checks.refuse(rule.get("name"), "name may have at most 100 characters");
      }
      if (checks.required(rule.get("action"))) {
        checks.oneOf(rule.get("action"), version.actions);
      }
      list(rule, peers, true);
      list(rule, version.traffic, false);
      rule.get(peers).items().forEach(p -> peer(p, peers, rule));
      rule.get(version.traffic).items().forEach(this::traffic);
    }
  }

  /** A list that has at least one item where it is given. */
  private void list(Field rule, String name, boolean required) {
    Field list = rule.get(name);
    if (required && !checks.required(list)) {
      return;
    }
    checks.isList(list);
    atMost(list);
    if (list.present() && list.items().isEmpty()) {
      checks.refuse(list, name + " must have at least one item");
    }
  }

  private void atMost(Field list) {
    if (list.items().size() > version.most) {
      checks.refuse(list, "at most " + version.most + " items are taken");
    }
  }

  private void peer(Field peer, String side, Field rule) {
    checks.isMap(peer);
    Set<String> kinds =
        side.equals("from")
            ? Set.of("namespaces", "pods")
            : version == Version.BASELINE
                ? Set.of("namespaces", "pods", "networks", "nodes")
                : Set.of("namespaces", "pods", "networks", "nodes", "domainNames");
    checks.onlyFields(peer, kinds);
    boolean pruned = live && peer.members().isEmpty();
    if (!pruned) {
      exactlyOne(peer, kinds);
    }
    checks.labelSelector(peer.get("namespaces"));
    checks.labelSelector(peer.get("nodes"));
    if (peer.get("pods").present()) {
      pods(peer.get("pods"));
    }
    networks(peer.get("networks"));
    domainNames(peer.get("domainNames"), rule);
  }

  private void networks(Field networks) {
    checks.isList(networks);
    if (networks.items().size() > 25 || (networks.present() && networks.items().isEmpty())) {
      checks.refuse(networks, "networks must have 1 to 25 items");
    }
    for (Field network : networks.items()) {
      if (network.string().flatMap(IpSet::cidr).isEmpty()) {
        checks.refuse(
            network, "'" + network.text("") + "' is not a CIDR as 10.0.0.0/8 or fd00::/8");
      }
    }
  }

  private void domainNames(Field names, Field rule) {
    checks.isList(names);
    if (names.items().size() > 25 || (names.present() && names.items().isEmpty())) {
      checks.refuse(names, "domainNames must have 1 to 25 items");
    }
    boolean allows = Set.of("Accept", "Allow").contains(rule.get("action").text(""));
    if (names.present() && !allows) {
      checks.refuse(
          names, "domainNames may only be used with the action " + version.actions.getFirst());
    }
  }

  private void traffic(Field entry) {
    checks.isMap(entry);
    if (version != Version.CLUSTER) {
      port(entry);
      return;
    }
    Set<String> kinds = Set.of("tcp", "udp", "sctp", "destinationNamedPort");
    checks.onlyFields(entry, kinds);
    exactlyOne(entry, kinds);
    Stream.of("tcp", "udp", "sctp").map(entry::get).filter(Field::present).forEach(this::numbers);
  }

  private void numbers(Field protocol) {
    checks.isMap(protocol);
    checks.onlyFields(protocol, Set.of("destinationPort"));
    Field port = protocol.get("destinationPort");
    if (checks.required(port)) {
      checks.onlyFields(port, Set.of("number", "range"));
      exactlyOne(port, Set.of("number", "range"));
      if (port.get("number").present()) {
        checks.port(port.get("number"));
      }
      range(port.get("range"), 1);
    }
  }

  /** Reports a range whose ends are wrong; {@code apart} is how far they must be, at least. */
  private void range(Field range, int apart) {
    if (!range.present()) {
      return;
    }
    boolean ends = checks.required(range.get("start")) && checks.required(range.get("end"));
    if (ends && checks.port(range.get("start")) && checks.port(range.get("end"))) {
      int start = range.get("start").integer().orElse(0);
      int end = range.get("end").integer().orElse(0);
      if (end - start < apart) {
        checks.refuse(range, "start must be less than end");
      }
    }
  }

  private void port(Field entry) {
    Set<String> kinds = Set.of("portNumber", "portRange", "namedPort");
    checks.onlyFields(entry, kinds);
    exactlyOne(entry, kinds);
    for (String key : List.of("portNumber", "portRange")) {
      Field port = entry.get(key);
      if (port.get("protocol").present()) {
        checks.oneOf(port.get("protocol"), List.of("TCP", "UDP", "SCTP"));
      }
    }
    Field number = entry.get("portNumber");
    if (number.present()) {
      checks.onlyFields(number, Set.of("protocol", "port"));
      if (checks.required(number.get("port"))) {
        checks.port(number.get("port"));
      }
    }
    if (entry.get("portRange").present()) {
      checks.onlyFields(entry.get("portRange"), Set.of("protocol", "start", "end"));
      range(entry.get("portRange"), Integer.MIN_VALUE);
    }
  }
}
