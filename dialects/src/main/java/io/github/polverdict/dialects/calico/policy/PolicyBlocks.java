package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.calico.policy.Entities.Own;
import io.github.polverdict.dialects.calico.policy.Services.Backends;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The blocks of one policy: its rules in their order, by those of its subjects that a rule's own
 * end means. Whom the policy selects is isolated by it.
 */
final class PolicyBlocks {
  private final Document policy;
  private final Selector subject;
  private final String namespace;
  private final LabelledAddresses labelled;
  private final Entities entities;
  private final Services services;
  private final Context context;

  /** What the policies of a cluster share. */
  record Ground(LabelledAddresses labelled, Services services, Context context) {}

  PolicyBlocks(Document policy, Selector subject, String namespace, Ground ground) {
    this.policy = policy;
    this.subject = subject;
    this.namespace = namespace;
    this.labelled = ground.labelled();
    this.entities = new Entities(ground.labelled(), namespace);
    this.services = ground.services();
    this.context = ground.context();
  }

  /**
   * Those of one direction.
   *
   * @param rank of the first rule
   */
  List<Block> of(Direction direction, int rank) {
    Map<Selector, List<Rule>> bySubject = new LinkedHashMap<>();
    bySubject.put(subject, new ArrayList<>());
    List<Field> rules = section(direction).items();
    for (int i = 0; i < rules.size(); i++) {
      rules(rules.get(i), direction, rank + i)
          .forEach(
              (who, some) -> bySubject.computeIfAbsent(who, _ -> new ArrayList<>()).addAll(some));
    }
    List<Block> out = new ArrayList<>();
    bySubject.forEach(
        (who, theirs) -> out.add(block(direction, who, theirs).isolating(who.equals(subject))));
    return out;
  }

  /** A block of this policy for some of its subjects, who are isolated. */
  Block block(Direction gate, Selector who, List<Rule> rules) {
    Field section = section(gate);
    Origin origin = section.present() ? section.origin() : policy.at("spec").origin();
    return new Block(policy.id().text(), who, gate, true, rules, List.of(), origin);
  }

  Field section(Direction direction) {
    return policy.at("spec", direction == Direction.INGRESS ? "ingress" : "egress");
  }

  /**
   * One rule as a gate sees it, by those of the subjects that its own end means: the source at a
   * gate of egress, whatever section the rule is in.
   */
  Map<Selector, List<Rule>> rules(Field rule, Direction gate, int rank) {
    boolean in = gate == Direction.INGRESS;
    Optional<Action> action = action(rule);
    Map<Selector, List<Rule>> out = new LinkedHashMap<>();
    if (action.isPresent() && !neverMatches(rule)) {
      Traffic traffic = traffic(rule).onlyIf(services(rule.get(in ? "destination" : "source")));
      for (Own own : entities.own(rule.get(in ? "destination" : "source"), traffic.family())) {
        Selector who = own.who().map(s -> Selector.and(subject, s)).orElse(subject);
        Traffic theirs = traffic.of(own.family());
        out.computeIfAbsent(who, _ -> new ArrayList<>())
            .addAll(rules(rule, gate, rank, action.get(), theirs));
      }
    }
    return out;
  }

  /**
   * The same rule for packets that have not been translated: by the address and the port that were
   * called.
   */
  Map<Selector, List<Rule>> untranslated(Field rule, Direction gate, int rank) {
    Optional<Action> action = action(rule);
    Map<Selector, List<Rule>> out = new LinkedHashMap<>();
    if (action.isEmpty() || neverMatches(rule)) {
      return out;
    }
    boolean in = gate == Direction.INGRESS;
    Traffic traffic = traffic(rule).onlyIf(services(rule.get("source")));
    IpSet at = entities.addresses(rule.get("destination"), traffic.family());
    PeerSpec called = at.equals(IpSet.ALL) ? PeerSpec.ANYONE : new PeerSpec.Called(at);
    List<PeerSpec> from =
        in ? entities.peers(rule.get("source"), traffic.family()) : List.of(PeerSpec.ANYONE);
    List<PeerSpec> peers =
        from.stream().<PeerSpec>map(p -> new PeerSpec.AllOf(List.of(p, called))).toList();
    List<Doubt> onlyIf = new ArrayList<>(traffic.onlyIf());
    if (!hostPorts(rule, "notPorts").isEmpty()) {
      String what =
          "a host endpoint's port name in notPorts of a rule for what a node is called by";
      onlyIf.add(new Doubt.Unsupported(what, "calico", rule.origin()));
    }
    Rule byNumber =
        new Rule(
            rank,
            peers,
            List.of(new TrafficSpec.Called(traffic.numbers())),
            action.get(),
            onlyIf,
            rule.origin());
    List<Rule> made = new ArrayList<>(List.of(byNumber));
    hostPorts(rule, "ports").forEach(p -> made.add(byName(byNumber, p)));
    List<Own> owns =
        in
            ? List.of(new Own(Optional.empty(), IpSet.ALL))
            : entities.own(rule.get("source"), traffic.family());
    for (Own own : owns) {
      Selector who = own.who().map(s -> Selector.and(subject, s)).orElse(subject);
      out.computeIfAbsent(who, _ -> new ArrayList<>()).addAll(made);
    }
    return out;
  }

  /** The rule for a HostEndpoint's port that is called, instead of for numbers. */
  private static Rule byName(Rule rule, LabelledAddresses.Port port) {
    Rule there = HostBlocks.narrowed(rule, new PeerSpec.Called(port.addresses()));
    return new Rule(
        rule.rank(),
        there.peers(),
        List.of(new TrafficSpec.Called(port.traffic())),
        rule.action(),
        rule.onlyIf(),
        rule.origin());
  }

  /** Whether it is for ports of SCTP, which eBPF does not read. */
  private boolean neverMatches(Field rule) {
    Optional<Protocol> protocol = Traffic.protocol(rule.get("protocol")).flatMap(Traffic::known);
    return protocol.equals(Optional.of(Protocol.SCTP))
        && context.active("calico.bpf-sctp-port")
        && Stream.of("source", "destination")
            .anyMatch(end -> !rule.get(end).get("ports").items().isEmpty());
  }

  private List<LabelledAddresses.Port> hostPorts(Field rule, String list) {
    return labelled.ports(Traffic.names(rule, list), destination(rule));
  }

  private Traffic traffic(Field rule) {
    return Traffic.of(rule, names -> named(names, destination(rule)));
  }

  private Expression destination(Field rule) {
    return entities.labels(rule.get("destination")).orElse(Expression.ALL);
  }

  /**
   * Ports of pods, by what their containers declare, and those of HostEndpoints; also in notPorts
   * only of those with the labels that the destination asks for (felix/calc of v3.28.5,
   * rule_scanner.go, ruleToParsedRule).
   */
  private List<TrafficSpec> named(List<PortName> all, Expression labels) {
    boolean blind = context.active("calico.bpf-sctp-port");
    List<PortName> names =
        all.stream().filter(n -> !(blind && n.protocol() == Protocol.SCTP)).toList();
    List<TrafficSpec> out = new ArrayList<>();
    if (!names.isEmpty()) {
      boolean initToo = context.active("calico.named-port-scope");
      Selector pods = InnerLabels.pods(labels);
      out.add(
          new TrafficSpec.Named(
              names, Resolution.ON_THE_DESTINATION, pods, initToo, TrafficSet.NONE));
      labelled
          .ports(names, labels)
          .forEach(p ->
              out.add(new TrafficSpec.OnlyTo(new Selector.AtAddress(p.addresses()), p.traffic())));
    }
    return out;
  }

  /** Services may be named at the other end of a rule only, as its own section has it. */
  private static List<Doubt> services(Field end) {
    Field services = end.get("services");
    String what = "services in a rule for traffic that a node forwards";
    return services.present()
        ? List.of(new Doubt.Unsupported(what, "calico", services.origin()))
        : List.of();
  }

  /** None for a rule that only writes a log. */
  private static Optional<Action> action(Field rule) {
    return switch (rule.get("action").text("")) {
      case "Log" -> Optional.empty();
      case "Allow" -> Optional.of(Action.ALLOW);
      case "Pass" -> Optional.of(Action.PASS);
      case String _ -> Optional.of(Action.DENY);
    };
  }

  private List<Rule> rules(Field rule, Direction gate, int rank, Action action, Traffic traffic) {
    boolean in = gate == Direction.INGRESS;
    List<Doubt> onlyIf = new ArrayList<>(traffic.onlyIf());
    if (rule.get("http").present() && context.active("calico.application-layer-policy")) {
      onlyIf.add(
          new Doubt.KnownAtRuntime("which requests it is, for http", rule.get("http").origin()));
    }
    Field other = rule.get(in ? "source" : "destination");
    List<TrafficSpec> said = traffic.specs();
    List<Rule> out = new ArrayList<>();
    if (other.get("services").present()) {
      for (Backends some : services.of(other.get("services"), namespace, !in)) {
        List<Doubt> doubts = new ArrayList<>(onlyIf);
        doubts.addAll(some.onlyIf());
        List<TrafficSpec> both = in ? said : both(some.traffic(), traffic);
        PeerSpec who = within(some.who(), traffic.family());
        out.add(new Rule(rank, List.of(who), both, action, doubts, rule.origin()));
      }
      return out;
    }
    List<PeerSpec> peers = entities.peers(other, traffic.family());
    return List.of(new Rule(rank, peers, said, action, onlyIf, rule.origin()));
  }

  private static PeerSpec within(PeerSpec who, IpSet family) {
    return family.equals(IpSet.ALL)
        ? who
        : new PeerSpec.AllOf(List.of(who, new PeerSpec.InRange(family, Kind.INSIDE)));
  }

  /** Traffic to a Service's endpoints that the rule's protocol is, too. */
  private static List<TrafficSpec> both(List<TrafficSpec> some, Traffic traffic) {
    List<TrafficSpec> out = new ArrayList<>();
    for (TrafficSpec spec : some) {
      switch (spec) {
        case TrafficSpec.Called _, TrafficSpec.OnlyTo _, TrafficSpec.Without _ -> {
          // Services have none of these
        }
        case TrafficSpec.Numeric(TrafficSet numbers) ->
            out.add(new TrafficSpec.Numeric(numbers.and(traffic.numbers())));
        case TrafficSpec.Named named -> {
          TrafficSet all = TrafficSet.all(named.names().getFirst().protocol());
          if (all.minus(traffic.numbers()).isEmpty()) {
            out.add(named);
          }
        }
      }
    }
    return out;
  }
}
