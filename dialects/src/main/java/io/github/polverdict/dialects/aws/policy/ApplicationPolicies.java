package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads ApplicationNetworkPolicies of networking.k8s.aws/v1alpha1: NetworkPolicies whose egress
 * peers may be domain names. The definition checks the form only and fills in nothing: without
 * policyTypes a policy isolates only where its rules lead to an address, and an empty list of peers
 * is nobody, not everybody (pkg/resolvers of the controller: {@code rule.From == nil}).
 */
final class ApplicationPolicies {
  static final String KIND = "ApplicationNetworkPolicy.networking.k8s.aws";
  private static final OptionalInt NONE = OptionalInt.empty();
  private static final int MOST = 65536; // the definition sets no limit

  private final Schema schema;

  private ApplicationPolicies(Schema schema) {
    this.schema = schema;
  }

  /** A rule to domain names: the addresses that they stand for, on these ports. */
  record ByName(Field place, List<String> names, RuleEntry rule) {
    ByName {
      names = List.copyOf(names);
    }
  }

  /** A policy that can be read; its rules to domain names apart. */
  record Policy(NetworkPolicySpec spec, List<ByName> byName) {
    Policy {
      byName = List.copyOf(byName);
    }
  }

  /** What reading gave; no policy when it is refused or can't be read. */
  record Read(Optional<Policy> policy, List<Finding> findings) {}

  static Read read(Document document, Context context) {
    ApplicationPolicies reader = new ApplicationPolicies(new Schema(document, context));
    reader.check(document);
    return new Read(
        reader.schema.wellFormed() ? Optional.of(policy(document)) : Optional.empty(),
        reader.schema.findings());
  }

  private void check(Document document) {
    schema.document();
    Field spec = document.at("spec");
    schema.checks().object(spec, Set.of("podSelector", "policyTypes", "ingress", "egress"));
    schema.checks().required(spec.get("podSelector"));
    schema.selector(spec.get("podSelector"));
    schema.checks().array(spec.get("policyTypes"));
    spec.get("policyTypes").items().forEach(schema.checks()::string);
    rules(spec.get("ingress"), "from");
    rules(spec.get("egress"), "to");
  }

  private void rules(Field rules, String side) {
    schema.checks().array(rules);
    for (Field rule : rules.items()) {
      schema.checks().object(rule, Set.of("ports", side));
      schema.checks().array(rule.get("ports"));
      schema.checks().array(rule.get(side));
      for (Field port : rule.get("ports").items()) {
        schema.checks().object(port, Set.of("port", "endPort", "protocol"));
        schema.checks().string(port.get("protocol"));
        schema.unparsable().protocol(port.get("protocol"));
        schema.unparsable().port(port.get("port"));
        schema.unparsable().port(port.get("endPort"));
      }
      rule.get(side).items().forEach(p -> peer(p, side));
    }
  }

  private void peer(Field peer, String side) {
    Set<String> usual = Set.of("podSelector", "namespaceSelector", "ipBlock");
    Set<String> all = Set.of("podSelector", "namespaceSelector", "ipBlock", "domainNames");
    schema.checks().object(peer, side.equals("to") ? all : usual);
    schema.selector(peer.get("podSelector"));
    schema.selector(peer.get("namespaceSelector"));
    Field block = peer.get("ipBlock");
    if (block.present()) {
      schema.checks().object(block, Set.of("cidr", "except"));
      schema.checks().required(block.get("cidr"));
      schema.checks().array(block.get("except"));
      schema.unparsable().range(block.get("cidr"));
      block.get("except").items().forEach(schema.unparsable()::range);
    }
    Field names = peer.get("domainNames");
    schema.names(names, MOST);
    for (String other : usual.stream().sorted().toList()) {
      if (names.present() && peer.get(other).present()) {
        schema.checks().broken(peer, other + " and domainNames are mutually exclusive");
      }
    }
  }

  private static Policy policy(Document document) {
    Field spec = document.at("spec");
    Set<Direction> isolates = EnumSet.noneOf(Direction.class);
    for (Field type : spec.get("policyTypes").items()) {
      Stream.of(Direction.values())
          .filter(d -> d.name().equalsIgnoreCase(type.text("")))
          .forEach(isolates::add);
    }
    NetworkPolicySpec read =
        new NetworkPolicySpec(
            document,
            LabelQuery.read(spec.get("podSelector")),
            isolates,
            spec.get("ingress").items().stream().map(f -> rule(f, "from")).toList(),
            spec.get("egress").items().stream().map(f -> rule(f, "to")).toList(),
            Optional.empty());
    List<ByName> byName = new ArrayList<>();
    for (RuleEntry rule : read.egress()) {
      for (Field peer : rule.place().get("to").items()) {
        List<String> names = peer.get("domainNames").items().stream().map(n -> n.text("")).toList();
        if (!names.isEmpty()) {
          byName.add(new ByName(peer, names, rule));
        }
      }
    }
    return new Policy(read, byName);
  }

  private static RuleEntry rule(Field field, String side) {
    List<Field> ports = field.get("ports").items();
    return new RuleEntry(
        field,
        !field.get(side).present(),
        field.get(side).items().stream()
            .filter(p -> !p.get("domainNames").present())
            .map(ApplicationPolicies::peer)
            .toList(),
        ports.isEmpty(),
        ports.stream().map(ApplicationPolicies::port).toList(),
        Optional.empty());
  }

  private static Peer peer(Field field) {
    Field block = field.get("ipBlock");
    return block.present()
        ? new Peer.Block(
            field,
            IpSet.cidr(block.get("cidr").text("")).orElse(IpSet.NONE),
            block.get("except").items().stream()
                .map(e -> IpSet.cidr(e.text("")).orElse(IpSet.NONE))
                .toList(),
            true)
        : new Peer.Pods(
            field, query(field.get("podSelector")), query(field.get("namespaceSelector")));
  }

  private static Optional<LabelQuery> query(Field field) {
    return field.present() ? Optional.of(LabelQuery.read(field)) : Optional.empty();
  }

  /** The end of a range; one below its beginning is passed over. */
  private static OptionalInt to(int first, int end) {
    return end > first ? OptionalInt.of(end) : NONE;
  }

  private static PortEntry port(Field field) {
    Protocol protocol = Protocol.valueOf(field.get("protocol").text("TCP"));
    Field port = field.get("port");
    Optional<Integer> end = field.get("endPort").integer();
    Optional<Port> which =
        port.integer().isPresent()
            ? port.integer().map(n -> new Port.Number(n, end.isPresent() ? to(n, end.get()) : NONE))
            : port.string().map(Port.Name::new);
    return new PortEntry(field, protocol, which);
  }
}
