package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads ClusterNetworkPolicies of networking.k8s.aws/v1alpha1, or says why they are refused. */
final class ClusterWideReader {
  private final Schema schema;

  private ClusterWideReader(Schema schema) {
    this.schema = schema;
  }

  /** A peer of domain names. */
  record ByName(Field place, List<String> names) {
    ByName {
      names = List.copyOf(names);
    }
  }

  /** One rule, with its peers and ports as those of a NetworkPolicy. */
  record ClusterRule(Direction direction, Action action, RuleEntry entry, List<ByName> byName) {
    ClusterRule {
      byName = List.copyOf(byName);
    }
  }

  /**
   * A policy that can be read.
   *
   * @param admin whether it comes before the policies of namespaces, not after them
   * @param namespaces those of its subject
   * @param pods those of its subject, in these namespaces
   */
  record Policy(
      Document document,
      boolean admin,
      int priority,
      Selector subject,
      LabelQuery namespaces,
      LabelQuery pods,
      List<ClusterRule> rules) {
    Policy {
      rules = List.copyOf(rules);
    }

    List<ClusterRule> rules(Direction direction) {
      return rules.stream().filter(r -> r.direction() == direction).toList();
    }
  }

  /** What reading gave; no policy when it is refused or can't be read. */
  record Read(Optional<Policy> policy, List<Finding> findings) {}

  static Read read(Document document, Context context) {
    ClusterWideReader reader = new ClusterWideReader(new Schema(document, context));
    reader.check(document);
    return new Read(
        reader.schema.wellFormed() ? Optional.of(policy(document)) : Optional.empty(),
        reader.schema.findings());
  }

  private void check(Document document) {
    schema.document();
    Field spec = document.at("spec");
    var checks = schema.checks();
    checks.object(spec, Set.of("tier", "priority", "subject", "ingress", "egress"));
    checks.required(spec.get("tier"));
    checks.oneOf(spec.get("tier"), List.of("Admin", "Baseline"));
    checks.required(spec.get("priority"));
    checks.number(spec.get("priority"), 0, 1000);
    Field subject = spec.get("subject");
    if (checks.required(subject) && checks.object(subject, Set.of("namespaces", "pods"))) {
      checks.exactlyOne(subject);
      schema.selector(subject.get("namespaces"));
      pods(subject.get("pods"));
    }
    rules(spec.get("ingress"), "from");
    rules(spec.get("egress"), "to");
  }

  private void pods(Field pods) {
    if (pods.present()
        && schema.checks().object(pods, Set.of("namespaceSelector", "podSelector"))) {
      schema.checks().required(pods.get("namespaceSelector"));
      schema.checks().required(pods.get("podSelector"));
      schema.selector(pods.get("namespaceSelector"));
      schema.selector(pods.get("podSelector"));
    }
  }

  private void rules(Field rules, String side) {
    var checks = schema.checks();
    checks.items(rules, 0, 100);
    for (Field rule : rules.items()) {
      checks.object(rule, Set.of("name", "action", side, "ports"));
      checks.length(rule.get("name"), 100);
      checks.required(rule.get("action"));
      checks.oneOf(rule.get("action"), List.of("Accept", "Deny", "Pass"));
      checks.required(rule.get(side));
      checks.items(rule.get(side), 1, 100);
      checks.items(rule.get("ports"), 1, 100);
      rule.get(side).items().forEach(p -> peer(p, side));
      rule.get("ports").items().forEach(this::port);
      boolean names = rule.get(side).items().stream().anyMatch(p -> p.get("domainNames").present());
      if (names && rule.get("action").text("").equals("Deny")) {
        checks.broken(
            rule,
            "domainNames peer cannot be used with Deny action, only Accept and Pass actions are"
                + " supported for domainNames");
      }
    }
  }

  private void peer(Field peer, String side) {
    Set<String> kinds =
        side.equals("from")
            ? Set.of("namespaces", "pods")
            : Set.of("namespaces", "pods", "networks", "domainNames");
    if (schema.checks().object(peer, kinds)) {
      schema.checks().exactlyOne(peer);
    }
    schema.selector(peer.get("namespaces"));
    pods(peer.get("pods"));
    Field networks = peer.get("networks");
    schema.checks().items(networks, 1, 25);
    schema.checks().unique(networks);
    for (Field network : networks.items()) {
      schema.checks().length(network, 43);
      schema.unparsable().range(network);
    }
    schema.names(peer.get("domainNames"), 25);
  }

  private void port(Field port) {
    var checks = schema.checks();
    checks.object(port, Set.of("portNumber", "portRange", "namedPort"));
    Field number = port.get("portNumber");
    if (number.present() && checks.object(number, Set.of("protocol", "port"))) {
      checks.required(number.get("port"));
      checks.number(number.get("port"), 1, 65535);
      schema.unparsable().protocol(number.get("protocol"));
    }
    Field range = port.get("portRange");
    if (range.present() && checks.object(range, Set.of("protocol", "start", "end"))) {
      boolean ends =
          checks.required(range.get("start"))
              & checks.required(range.get("end"))
              & checks.number(range.get("start"), 1, 65535)
              & checks.number(range.get("end"), 1, 65535);
      if (ends && integer(range, "start") >= integer(range, "end")) {
        checks.broken(range, "Start port must be less than End port");
      }
      schema.unparsable().protocol(range.get("protocol"));
    }
    checks.string(port.get("namedPort"));
  }

  private static int integer(Field field, String key) {
    return field.get(key).integer().orElse(0);
  }

  private static Policy policy(Document document) {
    Field spec = document.at("spec");
    Field pods = spec.get("subject").get("pods");
    LabelQuery namespaces =
        LabelQuery.read(
            pods.present() ? pods.get("namespaceSelector") : spec.get("subject").get("namespaces"));
    LabelQuery labels = LabelQuery.read(pods.get("podSelector"));
    List<ClusterRule> rules = new ArrayList<>();
    spec.get("ingress").items().forEach(f -> rules.add(rule(f, "from", Direction.INGRESS)));
    spec.get("egress").items().forEach(f -> rules.add(rule(f, "to", Direction.EGRESS)));
    return new Policy(
        document,
        spec.get("tier").text("").equals("Admin"),
        integer(spec, "priority"),
        Selector.and(
            Selector.pods(), namespaces.selector(Scope.NAMESPACE), labels.selector(Scope.ENDPOINT)),
        namespaces,
        labels,
        rules);
  }

  private static ClusterRule rule(Field field, String side, Direction direction) {
    Action action =
        switch (field.get("action").text("")) {
          case "Deny" -> Action.DENY;
          case "Pass" -> Action.PASS;
          case String _ -> Action.ALLOW;
        };
    List<Peer> peers = new ArrayList<>();
    List<ByName> byName = new ArrayList<>();
    for (Field peer : field.get(side).items()) {
      peers.addAll(peers(peer));
      List<String> names = peer.get("domainNames").items().stream().map(n -> n.text("")).toList();
      if (!names.isEmpty()) {
        byName.add(new ByName(peer, names));
      }
    }
    List<PortEntry> ports =
        field.get("ports").items().stream().flatMap(p -> ports(p).stream()).toList();
    RuleEntry entry = new RuleEntry(field, false, peers, ports.isEmpty(), ports, Optional.empty());
    return new ClusterRule(direction, action, entry, byName);
  }

  private static List<Peer> peers(Field peer) {
    List<Peer> out = new ArrayList<>();
    if (peer.get("namespaces").present()) {
      LabelQuery namespaces = LabelQuery.read(peer.get("namespaces"));
      out.add(new Peer.Pods(peer, Optional.empty(), Optional.of(namespaces)));
    }
    Field pods = peer.get("pods");
    if (pods.present()) {
      out.add(
          new Peer.Pods(
              peer,
              Optional.of(LabelQuery.read(pods.get("podSelector"))),
              Optional.of(LabelQuery.read(pods.get("namespaceSelector")))));
    }
    for (Field network : peer.get("networks").items()) {
      out.add(
          new Peer.Block(
              network, IpSet.cidr(network.text("")).orElse(IpSet.NONE), List.of(), true));
    }
    return out;
  }

  private static List<PortEntry> ports(Field port) {
    List<PortEntry> out = new ArrayList<>();
    Field number = port.get("portNumber");
    if (number.present()) {
      Port which = new Port.Number(integer(number, "port"), OptionalInt.empty());
      out.add(new PortEntry(port, protocol(number), Optional.of(which)));
    }
    Field range = port.get("portRange");
    if (range.present()) {
      OptionalInt end = OptionalInt.of(integer(range, "end"));
      Port which = new Port.Number(integer(range, "start"), end);
      out.add(new PortEntry(port, protocol(range), Optional.of(which)));
    }
    port.get("namedPort")
        .string()
        .ifPresent(
            name -> out.add(new PortEntry(port, Protocol.TCP, Optional.of(new Port.Name(name)))));
    return out;
  }

  private static Protocol protocol(Field port) {
    return Protocol.valueOf(port.get("protocol").text("TCP"));
  }
}
