package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the model means when every fact is known, in plain yes and no. Asks for facts that are
 * missing.
 */
final class Definition {
  private final Universe universe;
  private final Facts facts;
  private final List<Plane> planes;

  /** The missing facts: a number below {@code options} for each, always the same one. */
  interface Facts {
    int of(Doubt doubt, Object detail, int options);
  }

  /** What a gate takes an end for; the outside as such has no endpoint. */
  private record Sight(Optional<Endpoint> endpoint, int port) {}

  Definition(Worlds.World world, Facts facts) {
    this.universe = world.universe();
    this.planes = world.model().planes();
    this.facts = facts;
  }

  boolean passes(Path path) {
    for (Plane plane : planes) {
      for (Direction gate : Direction.values()) {
        Endpoint subject = gate == Direction.EGRESS ? path.from() : path.to();
        boolean judged =
            subject.kind() != Kind.EXTERNAL
                && subject.kind() != Kind.NETWORK_SET
                && plane.nodes().map(nodes -> nodes.contains(node(subject))).orElse(true);
        boolean leaves =
            path.via() != Passage.Via.POD_ADDRESS
                || path.from() != path.to()
                || (subject.kind() != Kind.POD
                    && subject.node().map(plane.traits().loopback()::contains).orElse(false));
        boolean enforces = plane.traits().mode() == Plane.Mode.ENFORCING;
        if (judged && leaves && enforces && !passes(plane, gate, path)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean passes(Plane plane, Direction gate, Path path) {
    return passes(plane, gate, path, plane.passages(), Optional.empty());
  }

  private boolean passes(
      Plane plane, Direction gate, Path path, List<Passage> passages, Optional<Sight> before) {
    Optional<Sight> guise = before;
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i);
      if (passage.effect().gate() != gate || !applies(passage, path, plane)) {
        continue;
      }
      switch (passage.effect()) {
        case Effect.Bypass _ -> {
          return true;
        }
        case Effect.Closed _ -> {
          return false;
        }
        case Effect.Uncertain _ -> {
          return facts.of(passage.onlyIf().getFirst(), gate, 2) == 0;
        }
        case Effect.Inside(var _, var protocol, int port, String _) -> {
          Path carrier = Path.direct(path.from(), path.to(), protocol, port, path.family());
          List<Passage> rest = passages.subList(i + 1, passages.size());
          return passes(plane, gate, carrier, rest, guise.map(s -> new Sight(s.endpoint(), port)));
        }
        case Effect.SeenAs(var _, Guise as, boolean untranslated) -> {
          int port = untranslated ? path.called() : path.port();
          guise = guise.or(() -> Optional.of(new Sight(sight(as, path), port)));
        }
      }
    }
    Sight other =
        guise.orElseGet(() -> plainly(gate == Direction.EGRESS ? path.to() : path.from(), path));
    for (Tier tier : plane.tiers()) {
      Action action = tier(tier, gate, path, other, plane);
      if (action != Action.PASS) {
        return action == Action.ALLOW;
      }
    }
    return plane.otherwise() != Action.DENY;
  }

  private boolean applies(Passage p, Path path, Plane plane) {
    boolean uncertain = p.effect() instanceof Effect.Uncertain;
    return p.isFor(path.via())
        && p.traffic().contains(path.protocol(), path.port())
        && stands(p.where(), path)
        && is(p.from(), plainly(path.from(), path), plane, path)
        && is(p.to(), plainly(path.to(), path), plane, path)
        && (uncertain || settled(p.onlyIf()));
  }

  private boolean settled(List<Doubt> doubts) {
    return doubts.stream().filter(doubt -> facts.of(doubt, "is so", 2) != 0).count() == 0;
  }

  private boolean stands(Passage.Where where, Path path) {
    boolean itself = path.from() == path.to();
    return switch (where) {
      case ANY -> true;
      case ITSELF -> itself;
      case SAME_NODE -> itself || together(path);
      case OTHER_NODE -> !itself && !together(path);
    };
  }

  private boolean together(Path path) {
    return hasNode(path.from()) && hasNode(path.to()) && node(path.from()).equals(node(path.to()));
  }

  private static boolean hasNode(Endpoint e) {
    return e.kind() != Kind.EXTERNAL && e.kind() != Kind.NETWORK_SET;
  }

  private String node(Endpoint e) {
    Doubt doubt = new Doubt.KnownAtRuntime("the node of " + e.id(), e.origin());
    return e.node().orElseGet(() -> Worlds.NODES.get(facts.of(doubt, "", Worlds.NODES.size())));
  }

  private static Sight plainly(Endpoint e, Path path) {
    return new Sight(Optional.of(e), path.port());
  }

  /** The node or the like; none for the outside as such. */
  private Optional<Endpoint> sight(Guise guise, Path path) {
    return switch (guise) {
      case Guise.World _ -> Optional.empty();
      case Guise.Called _ -> Optional.of(Worlds.called(path));
      case Guise.Outsider(End end) -> Optional.of(Worlds.outsider(Worlds.end(path, end)));
      case Guise.SomeNode(IpSet also) -> also.isEmpty() ? someNode() : someNodeOr(also);
      case Guise.NodeOf(End end) -> nodeOf(Worlds.end(path, end));
      case Guise.TunnelOf(Map<String, IpSet> addresses) -> {
        Optional<Endpoint> node = nodeOf(path.from());
        IpSet tunnel = hasNode(path.from()) ? addresses.get(node(path.from())) : null;
        yield tunnel == null ? node : node.map(n -> n.with(Addresses.exactly(tunnel)));
      }
    };
  }

  private Optional<Endpoint> someNode() {
    Doubt which = new Doubt.KnownAtRuntime("which node it is", Guises.DATAPATH);
    return universe.node(Worlds.NODES.get(facts.of(which, "", Worlds.NODES.size())));
  }

  private Optional<Endpoint> someNodeOr(IpSet also) {
    Doubt which = new Doubt.KnownAtRuntime("which node it is", Guises.DATAPATH);
    int choice = facts.of(which, also, 2 * Worlds.NODES.size());
    Optional<Endpoint> node = universe.node(Worlds.NODES.get(choice % Worlds.NODES.size()));
    return choice < Worlds.NODES.size() ? node : node.map(n -> n.with(Addresses.exactly(also)));
  }

  private Optional<Endpoint> nodeOf(Endpoint e) {
    return hasNode(e) ? universe.node(node(e)) : someNode();
  }

  private Action tier(Tier tier, Direction gate, Path path, Sight other, Plane plane) {
    Endpoint subject = gate == Direction.EGRESS ? path.from() : path.to();
    TreeMap<Integer, List<Rule>> hits = new TreeMap<>();
    boolean isolated = false;
    for (Block block : tier.blocks()) {
      if (block.direction() == gate
          && selects(block.subject(), subject, plane)
          && settled(block.onlyIf())) {
        isolated |= block.isolates();
        Set<Integer> served = new HashSet<>(); // of a block the first match of a rank counts
        for (Rule rule : block.rules()) {
          boolean who = rule.peers().stream().anyMatch(p -> is(p, other, plane, path));
          boolean what = rule.traffic().stream().anyMatch(t -> has(t, path, other.port(), plane));
          if (who && what && settled(rule.onlyIf()) && served.add(rule.rank())) {
            hits.computeIfAbsent(rule.rank(), _ -> new ArrayList<>()).add(rule);
          }
        }
      }
    }
    if (hits.isEmpty()) {
      return isolated ? tier.unmatched() : Action.PASS;
    }
    List<Action> first =
        hits.firstEntry().getValue().stream().map(Rule::action).distinct().sorted().toList();
    Doubt order = new Doubt.UndefinedOrder(List.of());
    return first.size() == 1
        ? first.getFirst()
        : first.get(facts.of(order, tier.name() + gate, first.size()));
  }

  private boolean selects(Selector selector, Endpoint e, Plane plane) {
    return switch (selector) {
      case Selector.All _ -> true;
      case Selector.OfKind(var kinds) -> kinds.contains(e.kind());
      case Selector.InNamespace(String name) -> e.namespace().equals(name);
      case Selector.Is(String id) -> e.id().equals(id);
      case Selector.HasLabel(Scope scope, String key) -> label(e, scope, key, plane).isPresent();
      case Selector.LabelIn(Scope scope, String key, var values) ->
          label(e, scope, key, plane).filter(values::contains).isPresent();
      case Selector.LabelLike(Scope scope, String key, var likeness, String part) ->
          label(e, scope, key, plane).filter(v -> likeness.holds(v, part)).isPresent();
      case Selector.OfServiceAccount(var names) -> names.contains(e.facts().serviceAccount());
      case Selector.OnNode(String node) ->
          e.kind() != Kind.EXTERNAL && e.kind() != Kind.NETWORK_SET && node(e).equals(node);
      case Selector.AtAddress(IpSet range) ->
          Stream.of(Family.values())
              .anyMatch(f -> address(e, f).filter(range::contains).isPresent());
      case Selector.Not(Selector of) -> !selects(of, e, plane);
      case Selector.And(var all) -> all.stream().allMatch(s -> selects(s, e, plane));
      case Selector.Or(var any) -> any.stream().anyMatch(s -> selects(s, e, plane));
    };
  }

  private Optional<String> label(Endpoint e, Scope scope, String key, Plane plane) {
    boolean hidden =
        plane.view().patterns().stream()
            .anyMatch(p -> p.scope() == scope && key.startsWith(p.regex()));
    return hidden ? Optional.empty() : label(e, scope, key);
  }

  private Optional<String> label(Endpoint e, Scope scope, String key) {
    Labels labels = e.labels(scope);
    String known = labels.known().get(key);
    if (known != null || labels.incomplete().isEmpty()) {
      return Optional.ofNullable(known);
    }
    int which = facts.of(labels.incomplete().get(), key, Worlds.VALUES.size() + 1);
    return which == 0 ? Optional.empty() : Optional.of(Worlds.VALUES.get(which - 1));
  }

  private boolean is(PeerSpec spec, Sight sight, Plane plane, Path path) {
    return switch (spec) {
      case PeerSpec.Called(IpSet addresses) -> {
        IpSet called = path.at().of(path.family()).set();
        boolean translated = path.via() != Passage.Via.POD_ADDRESS && !called.isEmpty();
        yield translated && called.subsetOf(addresses);
      }
      case PeerSpec.CalledBy(var kinds) -> kinds.contains(path.via());
      case PeerSpec.Forwarded _ -> path.forwarded();
      case PeerSpec.AllOf(var all) -> all.stream().allMatch(p -> is(p, sight, plane, path));
      case PeerSpec _ -> is(spec, sight, plane, path.family());
    };
  }

  private boolean is(PeerSpec spec, Sight sight, Plane plane, Family family) {
    return switch (spec) {
      case PeerSpec.Anyone _ -> true;
      case PeerSpec.Selected(Selector selector) ->
          sight
              .endpoint()
              .map(e -> selects(selector, e, plane))
              .orElseGet(() -> TheOutside.isSelected(selector));
      case PeerSpec.InRange(IpSet range, var also) ->
          sight
                  .endpoint()
                  .filter(e -> e.kind() != Kind.EXTERNAL && !also.contains(e.kind()))
                  .isEmpty()
              && within(range, sight, family);
      case PeerSpec.Runtime(IpSet least, IpSet most, Doubt doubt) ->
          within(least, sight, family)
              || within(most, sight, family)
                  && facts.of(doubt, sight.endpoint().map(Endpoint::id), 2) == 0;
      case PeerSpec.Called _, PeerSpec.Forwarded _ -> false;
      case PeerSpec.CalledBy(var kinds) -> kinds.contains(Passage.Via.POD_ADDRESS);
      case PeerSpec.AllOf(var all) -> all.stream().allMatch(p -> is(p, sight, plane, family));
    };
  }

  private boolean within(IpSet range, Sight sight, Family family) {
    IpSet whole = family == Family.IPV4 ? IpSet.ALL_V4 : IpSet.ALL_V6;
    return sight
        .endpoint()
        .map(e -> address(e, family).filter(range::contains).isPresent())
        .orElse(whole.subsetOf(range));
  }

  private Optional<IpAddress> address(Endpoint e, Family family) {
    IpSet own = e.addresses().set().of(family);
    List<IpAddress> candidates = Worlds.SPOTS.stream().filter(own::contains).toList();
    if (candidates.size() < 2) {
      return candidates.stream().findFirst();
    }
    String which = "which of the addresses of " + e.id() + " is used";
    String what = e.addresses().exact() ? which : "the address of " + e.id();
    return Optional.of(
        candidates.get(
            facts.of(new Doubt.KnownAtRuntime(what, e.origin()), family, candidates.size())));
  }

  private boolean has(TrafficSpec spec, Path path, int port, Plane plane) {
    return switch (spec) {
      case TrafficSpec.Numeric(TrafficSet traffic) -> traffic.contains(path.protocol(), port);
      case TrafficSpec.Called(TrafficSet traffic) ->
          traffic.contains(path.protocol(), path.called());
      case TrafficSpec.OnlyTo(var destinations, TrafficSet traffic) ->
          traffic.contains(path.protocol(), port) && selects(destinations, path.to(), plane);
      case TrafficSpec.Without(TrafficSpec some, TrafficSpec others) ->
          has(some, path, port, plane) && !has(others, path, port, plane);
      case TrafficSpec.Named named -> {
        TrafficSet meant = TrafficSet.NONE;
        for (TrafficSpec.PortName name : named.names()) {
          for (int number : numbers(named, name, path.to(), plane)) {
            boolean all = named.resolution() == Resolution.ALL_OF_THE_DESTINATION;
            meant = meant.or(all ? TrafficSet.ALL : TrafficSet.of(name.protocol(), number, number));
          }
        }
        yield (meant.isEmpty() ? named.unresolved() : meant).contains(path.protocol(), port);
      }
    };
  }

  private Set<Integer> numbers(
      TrafficSpec.Named named, TrafficSpec.PortName name, Endpoint to, Plane plane) {
    Set<Integer> out = new HashSet<>();
    for (Endpoint e : universe.endpoints()) {
      boolean looksAt =
          switch (named.resolution()) {
            case ON_THE_DESTINATION, LAST_ON_THE_DESTINATION, ALL_OF_THE_DESTINATION -> e == to;
            case ON_THE_DESTINATIONS_IDENTITY -> e == to || alike(e, to, plane);
            case ONE_NUMBER_PER_CLUSTER, UNION_OF_DECLARED -> true;
          };
      if (looksAt && e.kind() == Kind.POD && selects(named.within(), e, plane)) {
        out.addAll(declared(name, e, named));
      }
    }
    Set<Resolution> one =
        Set.of(Resolution.ON_THE_DESTINATIONS_IDENTITY, Resolution.ONE_NUMBER_PER_CLUSTER);
    return one.contains(named.resolution()) && out.size() > 1 ? Set.of() : out;
  }

  private boolean alike(Endpoint a, Endpoint b, Plane plane) {
    return a.kind() == Kind.POD
        && b.kind() == Kind.POD
        && a.namespace().equals(b.namespace())
        && a.facts().serviceAccount().equals(b.facts().serviceAccount())
        && Worlds.KEYS.stream()
            .allMatch(
                k -> label(a, Scope.ENDPOINT, k, plane).equals(label(b, Scope.ENDPOINT, k, plane)));
  }

  private Set<Integer> declared(TrafficSpec.PortName name, Endpoint e, TrafficSpec.Named named) {
    Optional<Doubt> hidden = e.facts().labels().incomplete().filter(_ -> e.ports().isEmpty());
    if (hidden.isPresent()) {
      int which = facts.of(hidden.get(), name, Worlds.ASKED.size() + 1);
      return which == 0 ? Set.of() : Set.of(Worlds.ASKED.get(which - 1));
    }
    Set<Integer> out = new HashSet<>();
    for (NamedPort port : e.ports()) {
      if (port.name().equals(name.name()) && (named.initToo() || !port.init())) {
        if (named.resolution() == Resolution.LAST_ON_THE_DESTINATION) {
          out.clear();
        }
        if (port.protocol() == name.protocol()) {
          out.add(port.number());
        }
      }
    }
    return out;
  }
}
