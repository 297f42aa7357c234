package io.github.polverdict.core.engine;

import static io.github.polverdict.core.engine.Worlds.HERE;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Likeness;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.core.model.View;
import io.github.polverdict.core.model.View.LabelPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Generated planes: everything that the model can say, often and in few words. */
final class Policies {
  private static final List<IpSet> RANGES =
      List.of(
          cidr("0.0.0.0/0"),
          cidr("10.0.0.0/24"),
          cidr("10.0.0.1/32"),
          cidr("192.0.2.0/24"),
          cidr("10.0.1.1/32"),
          cidr("fd00::/127").or(cidr("10.0.0.0/31")),
          cidr("::/0"),
          cidr("0.0.0.0/1").or(cidr("2001:db8::/64")));

  private final Choices choose;
  private int named;

  Policies(Choices choose) {
    this.choose = choose;
  }

  private static IpSet cidr(String text) {
    return IpSet.cidr(text).orElseThrow();
  }

  private <T> List<T> some(int atMost, Supplier<T> each) {
    List<T> out = new ArrayList<>();
    int count = choose.below(atMost + 1);
    for (int i = 0; i < count; i++) {
      out.add(each.get());
    }
    return out;
  }

  Plane plane(String name) {
    List<Tier> tiers = new ArrayList<>();
    for (int t = 0; t <= choose.below(2); t++) {
      tiers.add(new Tier(name + " tier" + t, some(3, this::block), unmatched()));
    }
    View view =
        choose.oneIn(4)
            ? new View(true, List.of(new LabelPattern(Scope.ENDPOINT, "ti", false)))
            : View.CLEAR;
    Optional<Set<String>> nodes = choose.oneIn(4) ? Optional.of(Set.of("n1")) : Optional.empty();
    Traits traits =
        choose.oneIn(12)
            ? new Traits(Traits.USUAL.established(), Traits.USUAL.denial(), Mode.AUDITING)
            : Traits.USUAL;
    Action otherwise = choose.oneIn(6) ? Action.DENY : Action.ALLOW;
    return new Plane(
        name,
        nodes,
        view,
        tiers,
        some(3, this::passage),
        choose.oneIn(4) ? traits.judgingLoopbackOf(Set.of("n1")) : traits,
        otherwise,
        List.of());
  }

  private Action unmatched() {
    return switch (choose.below(6)) {
      case 0 -> Action.PASS;
      case 1 -> Action.ALLOW;
      default -> Action.DENY;
    };
  }

  private Passage passage() {
    Direction gate = choose.of(List.of(Direction.values()));
    Effect effect =
        switch (choose.below(8)) {
          case 0, 1 -> new Effect.Bypass(gate);
          case 2 -> new Effect.Uncertain(gate);
          case 3 -> new Effect.Closed(gate);
          case 4 -> new Effect.Inside(gate, Protocol.TCP, choose.oneIn(2) ? 80 : 15008, "a mesh");
          default -> new Effect.SeenAs(gate, guise(gate), choose.oneIn(4));
        };
    List<Doubt> onlyIf =
        effect instanceof Effect.Uncertain
            ? List.of(new Doubt.Unverified("q" + named++, "open"))
            : onlyIf(5);
    TrafficSet traffic = choose.oneIn(4) ? TrafficSet.of(Protocol.TCP, 80, 80) : TrafficSet.ALL;
    Set<Via> via =
        switch (choose.below(4)) {
          case 0 -> Set.of(Via.NODE_PORT, Via.CLUSTER_IP);
          case 1 -> Set.of(Via.POD_ADDRESS, Via.LOAD_BALANCER);
          default -> Set.of();
        };
    Passage.Where where =
        choose.oneIn(2) ? Passage.Where.ANY : choose.of(List.of(Passage.Where.values()));
    return new Passage(end(), end(), traffic, via, where, effect, onlyIf, HERE);
  }

  private PeerSpec end() {
    return choose.oneIn(3) ? peer() : PeerSpec.ANYONE;
  }

  private Guise guise(Direction gate) {
    if (gate == Direction.EGRESS && choose.oneIn(6)) {
      return new Guise.Called();
    }
    return switch (choose.below(6)) {
      case 0 -> new Guise.World();
      case 1 ->
          choose.oneIn(2)
              ? new Guise.SomeNode()
              : new Guise.SomeNode(IpSet.of(Worlds.SPOTS.getFirst()));
      case 2 -> new Guise.TunnelOf(Map.of("n1", IpSet.of(Worlds.SPOTS.getFirst())));
      case 3 -> new Guise.Outsider(choose.of(List.of(End.values())));
      default -> new Guise.NodeOf(choose.of(List.of(End.values())));
    };
  }

  private Block block() {
    String name = "block" + named++;
    return new Block(
        name,
        choose.oneIn(3) ? Selector.ALL : selector(),
        choose.of(List.of(Direction.values())),
        !choose.oneIn(4),
        some(3, () -> rule(name)),
        onlyIf(8),
        new Origin.Said(name));
  }

  private Rule rule(String block) {
    Action action = choose.oneIn(2) ? Action.ALLOW : choose.of(List.of(Action.values()));
    List<PeerSpec> peers = choose.oneIn(5) ? some(2, this::peer) : List.of(peer());
    List<TrafficSpec> traffic = choose.oneIn(5) ? some(2, this::traffic) : List.of(traffic());
    Origin origin = new Origin.Said(block + " rule " + named++);
    return new Rule(choose.below(3), peers, traffic, action, onlyIf(8), origin);
  }

  private List<Doubt> onlyIf(int n) {
    return choose.oneIn(n) ? List.of(new Doubt.KnownAtRuntime("fact " + named++, HERE)) : List.of();
  }

  private PeerSpec peer() {
    return switch (choose.below(10)) {
      case 0 -> choose.oneIn(2) ? PeerSpec.ANYONE : both();
      case 9 ->
          switch (choose.below(3)) {
            case 0 -> new PeerSpec.Called(choose.of(RANGES));
            case 1 -> new PeerSpec.CalledBy(via());
            default -> new PeerSpec.Forwarded();
          };
      case 1, 2, 3 ->
          new PeerSpec.InRange(
              choose.of(RANGES),
              choose.oneIn(3) ? Set.of() : Set.of(Kind.POD, Kind.NODE, Kind.HOST_POD));
      case 4 -> {
        IpSet least = choose.oneIn(2) ? IpSet.NONE : cidr("192.0.2.0/24");
        IpSet most = choose.oneIn(2) ? cidr("192.0.2.0/24").or(cidr("10.0.0.1/32")) : IpSet.ALL;
        yield new PeerSpec.Runtime(
            least, most, new Doubt.KnownAtRuntime("a name's addresses " + named++, HERE));
      }
      default -> new PeerSpec.Selected(selector());
    };
  }

  private Set<Via> via() {
    Set<Via> out = new HashSet<>(some(3, () -> choose.of(List.of(Via.values()))));
    return out.isEmpty() ? Set.of(Via.POD_ADDRESS) : out;
  }

  private PeerSpec both() {
    PeerSpec range = new PeerSpec.InRange(choose.of(RANGES), Set.of(Kind.POD, Kind.NODE));
    PeerSpec part = choose.oneIn(3) ? new PeerSpec.Called(choose.of(RANGES)) : range;
    return new PeerSpec.AllOf(List.of(new PeerSpec.Selected(selector()), part));
  }

  private Selector selector() {
    Selector label = label();
    return switch (choose.below(8)) {
      case 0 -> Selector.pods();
      case 1 -> Selector.and(Selector.pods(), new Selector.InNamespace("a"));
      case 2 -> Selector.and(Selector.pods(), new Selector.Not(label));
      case 3 -> new Selector.Or(List.of(label, new Selector.OfKind(Set.of(Kind.NODE))));
      case 4 ->
          switch (choose.below(4)) {
            case 0 -> Selector.ALL;
            case 1 -> choose.oneIn(2) ? label : new Selector.AtAddress(choose.of(RANGES));
            default -> new Selector.Is(choose.of(List.of("a/p0", "b/p1", "node/n1", "node/n1")));
          };
      case 5 ->
          choose.oneIn(3)
              ? new Selector.OfServiceAccount(Set.of("robot"))
              : Selector.and(label, new Selector.OnNode(choose.of(Worlds.NODES)));
      default -> Selector.and(Selector.pods(), label);
    };
  }

  private Selector label() {
    String key = choose.of(Worlds.KEYS);
    return switch (choose.below(6)) {
      case 0, 1 -> new Selector.HasLabel(scope(), key);
      case 2 ->
          new Selector.LabelLike(
              scope(), key, choose.of(List.of(Likeness.values())), choose.of(List.of("b", "ed")));
      default -> new Selector.LabelIn(scope(), key, Set.of(choose.of(Worlds.VALUES)));
    };
  }

  private Scope scope() {
    return choose.oneIn(2) ? Scope.ENDPOINT : choose.of(List.of(Scope.values()));
  }

  private TrafficSpec traffic() {
    return switch (choose.below(8)) {
      case 0 -> TrafficSpec.ALL;
      case 5 -> new TrafficSpec.Called(TrafficSet.of(Protocol.TCP, 80, choose.of(List.of(80, 90))));
      case 6 -> new TrafficSpec.Without(part(), part());
      case 7 -> new TrafficSpec.OnlyTo(selector(), TrafficSet.of(Protocol.TCP, 80, 81));
      case 1 ->
          new TrafficSpec.Numeric(
              TrafficSet.of(Protocol.UDP, 53, 53).or(TrafficSet.all(Protocol.ICMP)));
      case 2 ->
          new TrafficSpec.Named(
              choose.oneIn(4) ? List.of(port("web"), port("dns")) : List.of(port("web")),
              choose.of(List.of(Resolution.values())),
              choose.oneIn(3) ? selector() : Selector.pods(),
              choose.oneIn(2),
              choose.oneIn(3) ? TrafficSet.ALL : TrafficSet.NONE);
      default ->
          new TrafficSpec.Numeric(TrafficSet.of(Protocol.TCP, 80, choose.of(List.of(80, 81, 90))));
    };
  }

  /** Of what is taken away from other traffic, or that is taken away from. */
  private TrafficSpec part() {
    return switch (choose.below(4)) {
      case 0 -> new TrafficSpec.OnlyTo(selector(), TrafficSet.of(Protocol.TCP, 80, 81));
      case 1 ->
          new TrafficSpec.Named(
              List.of(port(choose.of(List.of("web", "dns")))),
              choose.oneIn(4) ? Resolution.UNION_OF_DECLARED : Resolution.ON_THE_DESTINATION,
              choose.oneIn(3) ? selector() : Selector.pods(),
              choose.oneIn(2),
              TrafficSet.NONE);
      case 2 -> new TrafficSpec.Without(TrafficSpec.ALL, part());
      default -> new TrafficSpec.Numeric(TrafficSet.of(Protocol.TCP, 80, 90));
    };
  }

  private static PortName port(String name) {
    return new PortName(Protocol.TCP, name);
  }
}
