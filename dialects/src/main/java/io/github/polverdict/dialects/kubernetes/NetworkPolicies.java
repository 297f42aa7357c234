package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Compiles NetworkPolicies: read and validate, bend, then turn into blocks. Every allow has one
 * rank, and selecting a pod isolates it, as the API says.
 */
public final class NetworkPolicies {
  public static final String KIND = "NetworkPolicy";
  public static final Set<PolicyKind> KINDS = Set.of(PolicyKind.allowing(KIND));

  private NetworkPolicies() {}

  /**
   * Compiles one document.
   *
   * @param bend what the engine makes of a valid policy; empty when it does not load it at all
   */
  public static Compiled<List<Placed>> compile(
      Document document,
      Function<NetworkPolicySpec, Optional<NetworkPolicySpec>> bend,
      Reading reading) {
    NetworkPolicyReader.Read read = NetworkPolicyReader.read(document);
    List<Placed> placed =
        switch (read) {
          case NetworkPolicyReader.Valid valid ->
              bend.apply(valid.spec()).map(spec -> placed(spec, reading)).orElse(List.of());
          case NetworkPolicyReader.Refused refused ->
              PolicyCompiler.unsure(document.id().text(), refused.subject(), refused.doubt())
                  .stream()
                  .map(block -> new Placed(reading.tier(), block))
                  .toList();
        };
    return new Compiled<>(placed, read.findings());
  }

  /** A valid policy of which it is not known what the engine makes of it. */
  public static List<Placed> unsure(NetworkPolicySpec spec, Doubt doubt, Reading reading) {
    return PolicyCompiler.unsure(spec.name(), subject(spec), doubt).stream()
        .map(block -> new Placed(reading.tier(), block))
        .toList();
  }

  /** Blocks that surely isolate and of which it is not known whether their rules exist. */
  public static List<Placed> isolatingOnly(List<Placed> placed, Doubt perhapsMore) {
    return placed.stream()
        .map(p -> new Placed(p.tier(), p.block().rulesOnlyIf(perhapsMore)))
        .toList();
  }

  /** The subjects of all policies of a snapshot that isolate in a direction. */
  public static List<Selector> subjects(
      Snapshot snapshot,
      Function<NetworkPolicySpec, Optional<NetworkPolicySpec>> bend,
      Direction direction) {
    return valid(snapshot).stream()
        .flatMap(spec -> bend.apply(spec).stream())
        .filter(spec -> spec.isolates().contains(direction))
        .map(NetworkPolicies::subject)
        .toList();
  }

  /** The policies of a snapshot that are well-formed. */
  public static List<NetworkPolicySpec> valid(Snapshot snapshot) {
    List<NetworkPolicySpec> out = new ArrayList<>();
    for (Document document : snapshot.ofKind(KIND)) {
      if (NetworkPolicyReader.read(document) instanceof NetworkPolicyReader.Valid valid) {
        out.add(valid.spec());
      }
    }
    return out;
  }

  /** Pods that policies may select which the API server refuses or which were not read, and why. */
  public static Map<Selector, Doubt> unreadable(Snapshot snapshot) {
    Map<Selector, Doubt> out = new LinkedHashMap<>();
    for (Document document : snapshot.ofKind(KIND)) {
      if (NetworkPolicyReader.read(document) instanceof NetworkPolicyReader.Refused refused) {
        out.put(refused.subject(), refused.doubt());
      }
    }
    Unread.of(snapshot, Set.of(KIND)).ifPresent(doubt -> out.put(Selector.pods(), doubt));
    return out;
  }

  private static Selector subject(NetworkPolicySpec spec) {
    return Selector.and(
        Selector.pods(),
        new Selector.InNamespace(spec.namespace()),
        spec.subject().selector(Scope.ENDPOINT));
  }

  /** The blocks of a policy that has been read and bent. */
  public static List<Placed> placed(NetworkPolicySpec spec, Reading reading) {
    List<Placed> out = new ArrayList<>();
    Selector subject = subject(spec);
    for (Direction direction : Direction.values()) {
      if (spec.isolates().contains(direction)) {
        List<Rule> rules =
            spec.rules(direction).stream()
                .flatMap(rule -> rules(spec, rule, direction, subject, reading).stream())
                .toList();
        Origin origin = bent(spec.document().at("spec").origin(), spec.bent());
        out.add(
            new Placed(
                reading.tier(),
                new Block(spec.name(), subject, direction, true, rules, List.of(), origin)));
      }
    }
    return out;
  }

  /** The rules of directions that policyTypes leaves out, which allow and isolate nobody. */
  public static List<Placed> dormant(
      NetworkPolicySpec spec, Reading reading, Origin.BuiltIn because) {
    return placed(Bends.isolatingByRules(spec, because), reading).stream()
        .filter(p -> !spec.isolates().contains(p.block().direction()))
        .map(p -> new Placed(p.tier(), p.block().isolating(false)))
        .toList();
  }

  /** One rule for each peer, so that a decision points at the peer that decided. */
  private static List<Rule> rules(
      NetworkPolicySpec spec,
      RuleEntry rule,
      Direction direction,
      Selector subject,
      Reading reading) {
    Reading.Use use = new Reading.Use(spec, rule, direction, subject);
    if (rule.anyone()) {
      Origin origin = bent(rule.place().origin(), rule.bent());
      return List.of(
          allow(PeerSpec.ANYONE, traffic(use, Optional.empty(), reading), reading, origin));
    }
    List<Rule> out = new ArrayList<>();
    for (Peer peer : rule.peers()) {
      PeerSpec who = who(peer, spec, reading);
      Origin origin = bent(peer.place().origin(), rule.bent());
      List<TrafficSpec> traffic = traffic(use, Optional.of(peer), reading);
      if (who.equals(PeerSpec.ANYONE)
          && direction == Direction.EGRESS
          && peer instanceof Peer.Pods p) {
        out.addAll(lookedUp(new PeerSpec.Selected(selected(p, spec)), traffic, reading, origin));
      } else {
        out.add(allow(who, traffic, reading, origin));
      }
    }
    return out;
  }

  /** Names of ports are looked up at those that are really selected, numbers hold for everybody. */
  private static List<Rule> lookedUp(
      PeerSpec selected, List<TrafficSpec> traffic, Reading reading, Origin origin) {
    List<Rule> out = new ArrayList<>();
    for (TrafficSpec some : traffic) {
      PeerSpec who = some instanceof TrafficSpec.Named ? selected : PeerSpec.ANYONE;
      out.add(allow(who, List.of(some), reading, origin));
    }
    return out;
  }

  private static Rule allow(
      PeerSpec who, List<TrafficSpec> traffic, Reading reading, Origin origin) {
    return new Rule(reading.rank(), List.of(who), traffic, Action.ALLOW, List.of(), origin);
  }

  private static PeerSpec who(Peer peer, NetworkPolicySpec spec, Reading reading) {
    return switch (peer) {
      case Peer.Pods pods -> pods(pods, spec, reading);
      case Peer.Block block -> {
        IpSet net = block.net();
        yield new PeerSpec.InRange(
            net, block.whole() ? reading.byWholeRange() : reading.byAddress());
      }
    };
  }

  /** The pods that a peer of a policy selects. */
  public static Selector selected(Peer.Pods peer, NetworkPolicySpec spec) {
    Selector labels = peer.pods().map(q -> q.selector(Scope.ENDPOINT)).orElse(Selector.ALL);
    Selector namespaces =
        peer.namespaces()
            .map(q -> q.selector(Scope.NAMESPACE))
            .orElseGet(() -> new Selector.InNamespace(spec.namespace()));
    return Selector.and(Selector.pods(), namespaces, labels);
  }

  private static PeerSpec pods(Peer.Pods peer, NetworkPolicySpec spec, Reading reading) {
    Selector pods = selected(peer, spec);
    boolean asksNothing =
        peer.namespaces().filter(q -> !q.requirements().isEmpty() && q.onlyNegative()).isPresent()
            && peer.pods().map(LabelQuery::onlyNegative).orElse(true);
    return switch (asksNothing ? reading.unlabelled() : Reading.Unlabelled.PODS) {
      case PODS -> new PeerSpec.Selected(pods);
      case AND_OTHERS ->
          new PeerSpec.Selected(
              new Selector.Or(
                  List.of(
                      pods, new Selector.OfKind(Set.of(Kind.NODE, Kind.HOST_POD, Kind.EXTERNAL)))));
      case EVERYBODY -> PeerSpec.ANYONE;
    };
  }

  private static List<TrafficSpec> traffic(Reading.Use use, Optional<Peer> peer, Reading reading) {
    if (use.rule().everything()) {
      return List.of(TrafficSpec.ALL);
    }
    List<TrafficSpec> out = new ArrayList<>();
    List<PortName> names = new ArrayList<>();
    TrafficSet numbers = TrafficSet.NONE;
    for (PortEntry entry : use.rule().ports()) {
      if (entry.port().orElse(null) instanceof Port.Name(String name)) {
        names.add(new PortName(entry.protocol(), name));
      } else {
        numbers = numbers.or(numbers(entry));
      }
    }
    if (!numbers.isEmpty()) {
      out.add(new TrafficSpec.Numeric(numbers));
    }
    if (!names.isEmpty()) {
      out.add(reading.names().resolve(names, use, peer));
    }
    return out;
  }

  private static TrafficSet numbers(PortEntry entry) {
    return entry.port().orElse(null) instanceof Port.Number(int first, var end)
        ? TrafficSet.of(entry.protocol(), first, end.orElse(first))
        : TrafficSet.all(entry.protocol());
  }

  private static Origin bent(Origin place, Optional<Origin.BuiltIn> because) {
    return because.<Origin>map(b -> new Origin.Bent(place, b)).orElse(place);
  }
}
