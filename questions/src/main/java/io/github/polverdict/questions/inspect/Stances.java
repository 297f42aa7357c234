package io.github.polverdict.questions.inspect;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.inspect.Stance.Default;
import io.github.polverdict.questions.inspect.Stance.Peer;
import io.github.polverdict.questions.inspect.Stance.Share;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Works out the default of every namespace in both directions. */
final class Stances {
  private static final List<Protocol> PROTOCOLS = List.of(Protocol.TCP, Protocol.UDP);
  private static final int SAMPLE = 3;

  private final Bench bench;
  private final Strangers strangers;
  private final Map<Protocol, Integer> ports = new TreeMap<>();
  private final Map<Asked, Told> known = new LinkedHashMap<>();

  /** What a flow's outcome depends on: pods of one class are judged once. */
  private record Asked(
      Object likeness, Direction direction, Peer peer, Protocol protocol, Family family) {}

  /** What became of it. */
  private record Told(
      Outcome outcome, String policy, String because, Optional<Origin> origin, boolean audited) {}

  /** Traffic of one protocol over one family. */
  private record Carried(Protocol protocol, Family family) {}

  /** What a share is of. */
  private record Key(Peer peer, Told told) {}

  Stances(Bench bench) {
    this.bench = bench;
    this.strangers = new Strangers(bench);
    PROTOCOLS.forEach(p -> ports.put(p, strangers.port(p)));
  }

  /** The namespaces in the order of their names, each with its stances by direction. */
  List<InspectAnswer.Namespace> all() {
    Map<String, Labels> namespaces = new TreeMap<>(bench.inventory().namespaces());
    Map<String, List<Endpoint>> pods = new TreeMap<>();
    Map<String, Integer> onHost = new TreeMap<>();
    for (Endpoint endpoint : bench.universe().endpoints()) {
      if (endpoint.kind() == Kind.POD) {
        namespaces.putIfAbsent(endpoint.namespace(), endpoint.facts().namespaceLabels());
        pods.computeIfAbsent(endpoint.namespace(), _ -> new ArrayList<>()).add(endpoint);
      } else if (endpoint.kind() == Kind.HOST_POD) {
        namespaces.putIfAbsent(endpoint.namespace(), endpoint.facts().namespaceLabels());
        onHost.merge(endpoint.namespace(), 1, Integer::sum);
      }
    }
    List<InspectAnswer.Namespace> out = new ArrayList<>();
    namespaces.forEach((name, labels) -> {
      List<Endpoint> own = pods.getOrDefault(name, List.of());
      Endpoint newcomer = strangers.newcomer(name, labels);
      out.add(
          new InspectAnswer.Namespace(
              name,
              own.size(),
              onHost.getOrDefault(name, 0),
              stance(own, newcomer, Direction.INGRESS),
              stance(own, newcomer, Direction.EGRESS),
              stance(List.of(), newcomer, Direction.INGRESS).word(),
              stance(List.of(), newcomer, Direction.EGRESS).word()));
    });
    return out;
  }

  private Stance stance(List<Endpoint> pods, Endpoint newcomer, Direction direction) {
    List<Endpoint> subjects = pods.isEmpty() ? List.of(newcomer) : pods;
    Map<Key, Map<Carried, List<String>>> shares = new LinkedHashMap<>();
    for (Endpoint subject : subjects) {
      for (Family family : bench.families()) {
        for (Peer peer : Peer.values()) {
          for (Protocol protocol : PROTOCOLS) {
            told(subject, direction, peer, protocol, family)
                .ifPresent(told ->
                    shares
                        .computeIfAbsent(new Key(peer, told), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(new Carried(protocol, family), _ -> new ArrayList<>())
                        .add(subject.id()));
          }
        }
      }
    }
    List<Share> all = new ArrayList<>();
    shares.forEach((key, carried) -> all.add(share(key, carried)));
    all.sort((a, b) -> a.peer().compareTo(b.peer()));
    boolean restricted =
        all.stream().anyMatch(s -> s.outcome() != Outcome.ALLOWED || s.audited())
            || subjects.stream().anyMatch(s -> mayBeDenied(s, direction));
    return new Stance(word(all), pods.isEmpty(), all, restricted);
  }

  private Share share(Key key, Map<Carried, List<String>> carried) {
    Set<String> pods = new java.util.TreeSet<>();
    carried.values().forEach(pods::addAll);
    boolean severalFamilies = bench.families().size() > 1;
    List<String> traffic = new ArrayList<>();
    for (Protocol protocol : PROTOCOLS) {
      List<Family> over =
          carried.keySet().stream()
              .filter(c -> c.protocol() == protocol)
              .map(Carried::family)
              .distinct()
              .toList();
      if (over.size() == 1 && severalFamilies) {
        traffic.add(protocol + " over " + (over.getFirst() == Family.IPV4 ? "IPv4" : "IPv6"));
      } else if (!over.isEmpty()) {
        traffic.add(protocol.name());
      }
    }
    Told told = key.told();
    return new Share(
        key.peer(),
        told.outcome(),
        traffic,
        pods.size(),
        pods.stream().limit(SAMPLE).toList(),
        told.policy(),
        told.because(),
        told.origin(),
        told.audited());
  }

  private static Default word(List<Share> shares) {
    EnumSet<Outcome> seen = EnumSet.noneOf(Outcome.class);
    shares.stream()
        .filter(s -> s.peer() != Peer.SAME_NAMESPACE)
        .forEach(s -> seen.add(s.outcome()));
    if (seen.contains(Outcome.ALLOWED) && seen.contains(Outcome.DENIED)) {
      return Default.MIXED;
    }
    if (seen.contains(Outcome.UNKNOWN)) {
      return Default.UNKNOWN;
    }
    return seen.contains(Outcome.DENIED) ? Default.DENY : Default.ALLOW;
  }

  private Optional<Told> told(
      Endpoint subject, Direction direction, Peer peer, Protocol protocol, Family family) {
    Optional<Endpoint> other =
        switch (peer) {
          case SAME_NAMESPACE -> Optional.of(strangers.neighbour(subject));
          case OTHER_NAMESPACES -> Optional.of(strangers.elsewhere());
          case OUTSIDE -> strangers.outside(family);
        };
    Asked asked = new Asked(likeness(subject, family), direction, peer, protocol, family);
    return other.map(end ->
        known.computeIfAbsent(asked, _ -> judged(subject, direction, end, protocol, family)));
  }

  /**
   * What tells subjects apart: their class and namespace, or the subject itself when it is
   * supposed.
   */
  private Object likeness(Endpoint subject, Family family) {
    return bench.universe().endpoint(subject.id()).isEmpty()
        ? subject
        : List.of(
            subject.namespace(),
            bench.matrix(family).classOf(subject),
            subject.node().isPresent(),
            subject.mayBeSeveral());
  }

  private Told judged(
      Endpoint subject, Direction direction, Endpoint other, Protocol protocol, Family family) {
    boolean out = direction == Direction.EGRESS;
    Path path =
        Path.direct(
            out ? subject : other,
            out ? other : subject,
            protocol,
            ports.getOrDefault(protocol, 1),
            family);
    List<GateVerdict> gates =
        bench.judge().judge(path).gates().stream()
            .filter(g -> g.gate() == direction && g.subject().equals(subject))
            .toList();
    PathVerdict here = new PathVerdict(path, outcome(gates), gates);
    boolean audited = gates.stream().anyMatch(GateVerdict::audited);
    Optional<GateVerdict> deciding = Reasons.deciding(here);
    if (deciding.isEmpty()) {
      boolean nothing = bench.model().planes().isEmpty();
      String says = nothing ? "nothing enforces" : "no engine judges its node";
      return new Told(here.outcome(), "", says, Optional.empty(), audited);
    }
    return switch (deciding.get().decision()) {
      case Decision.ByNothing(Plane plane)
          when plane.otherwise() == Action.ALLOW && Reasons.of(deciding.get()).policy().isEmpty() ->
          new Told(here.outcome(), "", "no policy selects it", Optional.empty(), audited);
      case Decision.ByIsolation(Tier _, List<Block> isolating) when !isolating.isEmpty() -> {
        Block closest = Collections.min(isolating, Comparator.comparingInt(b -> b.rules().size()));
        yield new Told(
            here.outcome(),
            closest.name(),
            closest.name() + " isolates it",
            Optional.of(closest.origin()),
            audited);
      }
      case Decision.ByRule _,
          Decision.ByIsolation _,
          Decision.ByNothing _,
          Decision.Bypassed _,
          Decision.NeverLeaves _,
          Decision.NoRoute _,
          Decision.Undecided _ -> {
        Reason reason = Reasons.of(deciding.get());
        String says = reason.sentence().replace(subject.id(), "it"); // alike for all that share it
        yield new Told(here.outcome(), reason.policy(), says, reason.origin(), audited);
      }
    };
  }

  private static Outcome outcome(List<GateVerdict> gates) {
    Outcome out = Outcome.ALLOWED;
    for (GateVerdict gate : gates) {
      if (gate.outcome() == Outcome.DENIED || out == Outcome.ALLOWED) {
        out = gate.outcome();
      }
    }
    return out;
  }

  /** Whether a policy that denies, rather than only not allowing, takes part at a pod. */
  private boolean mayBeDenied(Endpoint subject, Direction direction) {
    for (Plane plane : bench.model().planes()) {
      for (Tier tier : plane.tiers()) {
        for (Block block : tier.blocks()) {
          boolean denies = block.rules().stream().anyMatch(r -> r.action() == Action.DENY);
          if (denies
              && block.direction() == direction
              && block.origin().isWritten()
              && Selection.of(block.subject(), subject, plane) != Truth.NO) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
