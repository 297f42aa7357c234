package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.View;
import io.github.polverdict.core.model.View.LabelPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Small clusters with everything that the model can say, and with facts missing. */
final class Worlds {
  static final List<String> KEYS = List.of("app", "tier");
  static final List<String> VALUES = List.of("red", "blue");
  static final List<String> NODES = List.of("n1", "n2");
  static final List<IpSet> SPOTS =
      List.of(spot("10.0.0.1"), spot("10.0.0.2"), spot("10.0.1.1"), spot("192.0.2.7"));
  private static final List<IpSet> RANGES =
      List.of(cidr("0.0.0.0/0"), cidr("10.0.0.0/24"), cidr("10.0.0.1/32"), cidr("192.0.2.0/24"));
  private static final Origin HERE = new Origin.Said("generated");

  /** A model and the endpoints it judges. */
  record World(PolicyModel model, Universe universe) {}

  private final Choices choose;
  private int doubts;

  private Worlds(Choices choose) {
    this.choose = choose;
  }

  static World of(Choices choose) {
    Worlds worlds = new Worlds(choose);
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i <= (choose.oneIn(4) ? 1 : 0); i++) {
      planes.add(worlds.plane("plane" + i));
    }
    return new World(new PolicyModel(planes, List.of()), worlds.universe());
  }

  private static IpSet spot(String address) {
    return IpSet.of(IpAddress.parse(address).orElseThrow());
  }

  private static IpSet cidr(String text) {
    return IpSet.cidr(text).orElseThrow();
  }

  private Universe universe() {
    List<Endpoint> out = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      out.add(pod("a/p" + i, i));
    }
    for (String node : NODES) {
      IpSet address = NODES.indexOf(node) == 0 ? SPOTS.get(2) : spot("10.0.1.2");
      out.add(
          new Endpoint(
              "node/" + node, Kind.NODE, new Owner("Node", node), Facts.NONE, Addresses.exactly(address),
              List.of(), Optional.of(node), HERE));
    }
    out.add(
        new Endpoint(
            "192.0.2.7", Kind.EXTERNAL, new Owner("", "192.0.2.7"), Facts.NONE,
            Addresses.exactly(SPOTS.get(3)), List.of(), Optional.empty(), HERE));
    return new Universe(out, List.of());
  }

  private Endpoint pod(String id, int i) {
    boolean placed = !choose.oneIn(6);
    boolean addressed = !choose.oneIn(8);
    Facts facts = new Facts(choose.of(List.of("a", "b")), labels(id, !choose.oneIn(6)), labels("", true), "");
    List<NamedPort> ports =
        choose.oneIn(2) ? List.of() : List.of(new NamedPort("web", Protocol.TCP, choose.of(List.of(80, 81)), false));
    Addresses addresses =
        addressed ? Addresses.exactly(SPOTS.get(i % 2)) : Addresses.within(SPOTS.get(0).or(SPOTS.get(1)));
    Optional<String> node = placed ? Optional.of(choose.of(NODES)) : Optional.empty();
    return new Endpoint(id, Kind.POD, new Owner("Pod", id), facts, addresses, ports, node, HERE);
  }

  private Labels labels(String of, boolean complete) {
    Map<String, String> known = new TreeMap<>();
    for (String key : KEYS) {
      if (!choose.oneIn(3)) {
        known.put(key, choose.of(VALUES));
      }
    }
    return complete ? Labels.of(known) : new Labels(known, Optional.of(new Doubt.KnownAtRuntime("labels of " + of, HERE)));
  }

  private Plane plane(String name) {
    List<Tier> tiers = new ArrayList<>();
    for (int t = 0; t <= choose.below(2); t++) {
      List<Block> blocks = new ArrayList<>();
      for (int b = 0; b < choose.below(4); b++) {
        blocks.add(block());
      }
      tiers.add(new Tier("tier" + t, blocks, choose.oneIn(5) ? Action.PASS : choose.oneIn(5) ? Action.ALLOW : Action.DENY));
    }
    List<Passage> passages = new ArrayList<>();
    for (int p = 0; p < choose.below(3); p++) {
      passages.add(passage());
    }
    View view =
        choose.oneIn(4)
            ? new View(true, List.of(new LabelPattern(Scope.ENDPOINT, "ti", false)))
            : View.CLEAR;
    Optional<Set<String>> nodes = choose.oneIn(4) ? Optional.of(Set.of("n1")) : Optional.empty();
    return new Plane(
        name, nodes, view, tiers, passages, Traits.USUAL, choose.oneIn(6) ? Action.DENY : Action.ALLOW);
  }

  private Passage passage() {
    Direction gate = choose.of(List.of(Direction.values()));
    Guise guise =
        choose.of(
            List.of(
                new Guise.World(),
                new Guise.NodeOf(End.SOURCE),
                new Guise.TunnelOf(Map.of("n1", spot("10.0.0.1")))));
    Effect effect =
        choose.oneIn(2) ? new Effect.Bypass(gate) : choose.oneIn(4) ? new Effect.Uncertain(gate) : new Effect.SeenAs(gate, guise);
    List<Doubt> onlyIf =
        effect instanceof Effect.Uncertain ? List.of(new Doubt.Unverified("q", "said so")) : maybe(5);
    TrafficSet traffic = choose.oneIn(4) ? TrafficSet.of(Protocol.TCP, 80, 80) : TrafficSet.ALL;
    return new Passage(
        peer(), peer(), traffic, Set.of(), choose.of(List.of(Passage.Where.values())), effect, onlyIf, HERE);
  }

  private Block block() {
    List<Rule> rules = new ArrayList<>();
    for (int r = 0; r < choose.below(3); r++) {
      Action action = choose.oneIn(2) ? Action.ALLOW : choose.of(List.of(Action.values()));
      rules.add(new Rule(choose.below(3), List.of(peer()), List.of(traffic()), action, maybe(8), HERE));
    }
    return new Block(
        "block" + doubts++, selector(), choose.of(List.of(Direction.values())), !choose.oneIn(4), rules, maybe(8), HERE);
  }

  private List<Doubt> maybe(int n) {
    return choose.oneIn(n) ? List.of(new Doubt.KnownAtRuntime("fact " + doubts++, HERE)) : List.of();
  }

  private PeerSpec peer() {
    return switch (choose.below(4)) {
      case 0 -> PeerSpec.ANYONE;
      case 1 ->
          new PeerSpec.InRange(
              choose.of(RANGES), choose.oneIn(3) ? Set.of() : Set.of(Kind.POD, Kind.NODE, Kind.HOST_POD));
      default -> new PeerSpec.Selected(selector());
    };
  }

  private Selector selector() {
    Selector label =
        choose.oneIn(3)
            ? new Selector.HasLabel(scope(), choose.of(KEYS))
            : new Selector.LabelIn(scope(), choose.of(KEYS), Set.of(choose.of(VALUES)));
    return switch (choose.below(5)) {
      case 0 -> Selector.pods();
      case 1 -> Selector.and(Selector.pods(), new Selector.InNamespace("a"));
      case 2 -> Selector.and(Selector.pods(), new Selector.Not(label));
      case 3 -> new Selector.Or(List.of(label, new Selector.OfKind(Set.of(Kind.NODE))));
      default -> Selector.and(Selector.pods(), label);
    };
  }

  private Scope scope() {
    return choose.oneIn(2) ? Scope.ENDPOINT : Scope.NAMESPACE;
  }

  private TrafficSpec traffic() {
    return switch (choose.below(4)) {
      case 0 -> TrafficSpec.ALL;
      case 1 ->
          new TrafficSpec.Named(
              List.of(new PortName(Protocol.TCP, "web")),
              choose.of(List.of(Resolution.values())),
              Selector.pods(),
              false,
              choose.oneIn(3) ? TrafficSet.ALL : TrafficSet.NONE);
      default -> new TrafficSpec.Numeric(TrafficSet.of(Protocol.TCP, 80, choose.of(List.of(80, 81, 90))));
    };
  }
}
