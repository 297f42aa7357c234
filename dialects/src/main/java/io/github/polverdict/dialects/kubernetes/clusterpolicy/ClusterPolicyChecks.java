package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.SchemaChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of the custom resource definitions (network-policy-api config/crd, of v0.1.7 for the
 * kinds of v1alpha1 and of v0.2.0 for ClusterNetworkPolicy). Fields of the experimental channel are
 * taken: a server with the standard one refuses them when it is asked to be strict.
 */
final class ClusterPolicyChecks {
  private static final String DOMAIN_NAME =
      "^(\\*\\.)?([a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.)+"
          + "[a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.?$";

  private static final IpSet IPV4_IN_IPV6 = IpSet.cidr("::ffff:0:0/96").orElseThrow();

  private final SchemaChecks checks = new SchemaChecks("PV080");
  private final Unparsable unparsable = new Unparsable();
  private final Version version;
  private final boolean live;
  private boolean subjectValid;

  /**
   * What differs between the kinds.
   *
   * @param most how many rules, peers and ports a list may have
   */
  enum Version {
    CLUSTER(25, List.of("Accept", "Deny", "Pass"), "protocols", "networks/nodes/domainNames"),
    ADMIN(100, List.of("Allow", "Deny", "Pass"), "ports", "networks/nodes/domainNames"),
    BASELINE(100, List.of("Allow", "Deny"), "ports", "networks/nodes");

    private final int most;
    private final List<String> actions;
    private final String traffic;
    private final String nameless;

    Version(int most, List<String> actions, String traffic, String nameless) {
      this.most = most;
      this.actions = actions;
      this.traffic = traffic;
      this.nameless = nameless;
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
    checks.object(document.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    Field spec = document.at("spec");
    checks.required(spec);
    switch (version) {
      case CLUSTER -> {
        checks.object(spec, Set.of("tier", "priority", "subject", "ingress", "egress"));
        checks.required(spec.get("tier"));
        checks.oneOf(spec.get("tier"), List.of("Admin", "Baseline"));
        priority(spec);
      }
      case ADMIN -> {
        checks.object(spec, Set.of("priority", "subject", "ingress", "egress"));
        priority(spec);
      }
      case BASELINE -> {
        checks.object(spec, Set.of("subject", "ingress", "egress"));
        if (!document.id().name().equals("default")) {
          checks.broken(
              document.field(),
              "Only one baseline admin network policy with metadata.name=\"default\" can be created"
                  + " in the cluster");
        }
      }
    }
    int before = findings().size();
    subject(spec.get("subject"));
    subjectValid = findings().size() == before;
    rules(spec.get("ingress"), "from");
    rules(spec.get("egress"), "to");
    return findings();
  }

  private List<Finding> findings() {
    List<Finding> out = new ArrayList<>(checks.findings());
    out.addAll(unparsable.findings());
    return out;
  }

  /** Whether {@code subject} can be read though something else may be wrong. */
  boolean subjectValid() {
    return subjectValid;
  }

  private void priority(Field spec) {
    checks.required(spec.get("priority"));
    checks.number(spec.get("priority"), 0, 1000);
  }

  private void subject(Field subject) {
    if (checks.required(subject) && checks.object(subject, Set.of("namespaces", "pods"))) {
      checks.exactlyOne(subject);
      selector(subject.get("namespaces"));
      pods(subject.get("pods"));
    }
  }

  private void pods(Field pods) {
    if (pods.present() && checks.object(pods, Set.of("namespaceSelector", "podSelector"))) {
      checks.required(pods.get("podSelector"));
      if (version != Version.CLUSTER) {
        checks.required(pods.get("namespaceSelector"));
      }
      selector(pods.get("namespaceSelector"));
      selector(pods.get("podSelector"));
    }
  }

  /** The schema asks for a selector's form only, not for what its words mean. */
  private void selector(Field selector) {
    if (checks.labelSelector(selector)) {
      unparsable.selector(selector);
    }
  }

  private void rules(Field rules, String peers) {
    checks.items(rules, 0, version.most);
    for (Field rule : rules.items()) {
      checks.object(rule, Set.of("name", "action", peers, version.traffic));
      checks.length(rule.get("name"), 100);
      checks.required(rule.get("action"));
      checks.oneOf(rule.get("action"), version.actions);
      checks.required(rule.get(peers));
      checks.items(rule.get(peers), 1, version.most);
      checks.items(rule.get(version.traffic), 1, version.most);
      rule.get(peers).items().forEach(p -> peer(p, peers));
      rule.get(version.traffic).items().forEach(this::traffic);
      nameless(rule);
    }
  }

  /** Names of ports are for pods; a rule of the experimental channel that the standard lacks. */
  private void nameless(Field rule) {
    boolean named =
        rule.get(version.traffic).items().stream()
            .anyMatch(p -> p.get("namedPort").present() || p.get("destinationNamedPort").present());
    boolean other =
        rule.get("to").items().stream()
            .anyMatch(
                p -> Stream.of(version.nameless.split("/", -1)).anyMatch(k -> p.get(k).present()));
    if (named && other && !live) {
      String kinds = version.nameless;
      checks.broken(
          rule,
          "%s peer cannot be set with namedPorts since there are no namedPorts for %s"
              .formatted(kinds, kinds));
    }
  }

  private void peer(Field peer, String side) {
    Set<String> kinds =
        side.equals("from")
            ? Set.of("namespaces", "pods")
            : version == Version.BASELINE
                ? Set.of("namespaces", "pods", "networks", "nodes")
                : Set.of("namespaces", "pods", "networks", "nodes", "domainNames");
    boolean pruned = live && peer.members().isEmpty();
    if (checks.object(peer, kinds) && !pruned) {
      checks.exactlyOne(peer);
    }
    selector(peer.get("namespaces"));
    selector(peer.get("nodes"));
    pods(peer.get("pods"));
    networks(peer.get("networks"));
    Field names = peer.get("domainNames");
    checks.items(names, 1, 25);
    checks.unique(names);
    names.items().forEach(n -> checks.matches(n, DOMAIN_NAME));
  }

  private void networks(Field networks) {
    checks.items(networks, 1, 25);
    checks.unique(networks);
    for (Field network : networks.items()) {
      if (checks.string(network) && !isCidr(network.text(""))) {
        checks.broken(network, "Invalid CIDR format provided");
      }
    }
  }

  /** CEL's isCIDR: host bits may be set, IPv4 in IPv6 is none (apiserver pkg/cel/library/cidr). */
  private static boolean isCidr(String text) {
    Optional<IpAddress> address = IpAddress.parse(text.replaceFirst("/.*", ""));
    return IpSet.cidr(text).isPresent() && address.filter(a -> IPV4_IN_IPV6.contains(a)).isEmpty();
  }

  private void traffic(Field entry) {
    if (version == Version.CLUSTER) {
      checks.object(entry, Set.of("tcp", "udp", "sctp", "destinationNamedPort"));
      checks.exactlyOne(entry);
      Stream.of("tcp", "udp", "sctp").map(entry::get).filter(Field::present).forEach(this::numbers);
      checks.string(entry.get("destinationNamedPort"));
    } else {
      checks.object(entry, Set.of("portNumber", "portRange", "namedPort"));
      checks.exactlyOne(entry);
      port(entry.get("portNumber"));
      range(entry.get("portRange"), Set.of("protocol", "start", "end"));
      unparsable.protocol(entry.get("portRange").get("protocol"));
      checks.string(entry.get("namedPort"));
    }
  }

  private void numbers(Field protocol) {
    checks.object(protocol, Set.of("destinationPort"));
    checks.exactlyOne(protocol);
    Field port = protocol.get("destinationPort");
    checks.object(port, Set.of("number", "range"));
    checks.exactlyOne(port);
    checks.number(port.get("number"), 1, 65535);
    Field range = port.get("range");
    if (range(range, Set.of("start", "end"))) {
      int start = range.get("start").integer().orElse(0);
      int end = range.get("end").integer().orElse(0);
      if (range.present() && start >= end) {
        checks.broken(range, "Start port must be less than End port");
      }
    }
  }

  private void port(Field number) {
    if (number.present() && checks.object(number, Set.of("protocol", "port"))) {
      checks.required(number.get("port"));
      checks.number(number.get("port"), 1, 65535);
      unparsable.protocol(number.get("protocol"));
    }
  }

  /** A range whose ends are ports; the older version takes them in any order. */
  private boolean range(Field range, Set<String> fields) {
    return !range.present()
        || (checks.object(range, fields)
            & checks.required(range.get("start"))
            & checks.required(range.get("end"))
            & checks.number(range.get("start"), 1, 65535)
            & checks.number(range.get("end"), 1, 65535));
  }
}
