package io.github.polverdict.core.engine;

import io.github.polverdict.core.engine.EndpointClasses.Meaning;
import io.github.polverdict.core.engine.EndpointClasses.Peers;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One plane with its selectors and traffic replaced by sets of classes and atoms. Gates that the
 * same blocks and passages meet, for whatever subject, are worked out once.
 */
final class Sweep {
  final Plane plane;
  final EndpointClasses classes;
  final TrafficAtoms atoms;
  final Patterns patterns;
  private final Guises guises;
  private final Ports ports;
  private final List<Passage> passages;
  private final Map<Integer, List<Line>> bySubject = new HashMap<>();
  private final Map<TrafficSpec, List<Piece>> anywhere = new HashMap<>();
  private final Map<Asked, Truth> guised = new HashMap<>();
  private final Map<GateKey, GateTable> gates = new HashMap<>();

  /** What the gates of a sweep share with those of other planes. */
  record Ground(
      EndpointClasses classes, TrafficAtoms atoms, Patterns patterns, Guises guises, Ports ports) {}

  /** Traffic that a specification stands for at some destinations. */
  record Piece(BitSet atoms, BitSet destinations, boolean sure) {}

  /** A block and its place in the plane. */
  record Line(int number, int tier, Block block, List<RuleLine> rules) {}

  /** A rule with its peers as questions and, each seen as itself, as classes. */
  record RuleLine(Rule rule, List<Integer> questions, Peers peers) {}

  /** A block that takes part, surely or perhaps. */
  record Part(Line line, boolean sure) {}

  /** A passage that the subject fits, surely or perhaps. */
  record Way(Passage passage, boolean sure) {}

  /** All that a gate depends on. */
  record GateKey(
      Direction direction,
      Truth judges,
      List<Integer> parts,
      List<Integer> ways,
      List<Meaning> meanings,
      List<Object> guisedBy) {}

  private record Asked(int question, Endpoint guise) {}

  Sweep(Plane plane, Ground ground) {
    this.plane = plane;
    this.classes = ground.classes();
    this.atoms = ground.atoms();
    this.patterns = ground.patterns();
    this.guises = ground.guises();
    this.ports = ground.ports();
    this.passages = plane.passages().stream().filter(Sweep::isDirect).toList();
    int number = 0;
    for (int t = 0; t < plane.tiers().size(); t++) {
      for (Block block : plane.tiers().get(t).blocks()) {
        int subject =
            classes.questions().number(new PeerSpec.Selected(block.subject()), plane.view());
        List<RuleLine> rules = block.rules().stream().map(this::line).toList();
        bySubject
            .computeIfAbsent(subject, _ -> new ArrayList<>())
            .add(new Line(number++, t, block, rules));
      }
    }
  }

  /** Whether it concerns paths by the destination's own address. */
  static boolean isDirect(Passage passage) {
    return passage.isFor(Via.POD_ADDRESS);
  }

  private RuleLine line(Rule rule) {
    List<Integer> asked =
        rule.peers().stream().map(p -> classes.questions().number(p, plane.view())).toList();
    if (asked.size() == 1) {
      return new RuleLine(rule, asked, classes.matching(asked.getFirst()));
    }
    Peers any = new Peers(new BitSet(), new BitSet());
    for (int question : asked) {
      any.must().or(classes.matching(question).must());
      any.may().or(classes.matching(question).may());
    }
    return new RuleLine(rule, asked, any);
  }

  /** What the gate of a class does, when its peers stand to it as said. */
  /** Whether what an endpoint sends to itself passes the plane's gates. */
  boolean judgesItself(Endpoint endpoint) {
    return plane.traits().judgesItself(endpoint);
  }

  GateTable gate(Direction direction, int subject, Where where) {
    Endpoint endpoint = classes.representative(subject);
    Truth judges = EndpointClasses.membership(plane, endpoint);
    if (judges == Truth.NO) {
      return GateTable.uniform(patterns.open());
    }
    List<Part> parts = parts(direction, subject);
    List<Way> ways = ways(direction, subject, where);
    boolean named =
        direction == Direction.INGRESS
            && parts.stream()
                .flatMap(p -> p.line().block().rules().stream())
                .anyMatch(
                    r -> r.traffic().stream().anyMatch(EndpointClasses::dependsOnDestination));
    GateKey key =
        new GateKey(
            direction,
            judges,
            parts.stream().map(p -> p.sure() ? p.line().number() : ~p.line().number()).toList(),
            ways.stream()
                .map(w -> w.sure() ? passages.indexOf(w.passage()) : ~passages.indexOf(w.passage()))
                .toList(),
            named ? classes.meanings(subject) : List.of(),
            ways.stream().flatMap(w -> guisedBySubject(w.passage(), direction, endpoint)).toList());
    GateTable known = gates.get(key);
    if (known == null) {
      known = new GateSweep(this, direction, subject, parts, ways).table(judges);
      gates.put(key, known);
    }
    return known;
  }

  private List<Part> parts(Direction direction, int subject) {
    List<Part> out = new ArrayList<>();
    for (Questions.Answer answer : classes.answers(subject)) {
      for (Line line : bySubject.getOrDefault(answer.question(), List.of())) {
        if (line.block().direction() == direction) {
          out.add(new Part(line, answer.sure() && line.block().onlyIf().isEmpty()));
        }
      }
    }
    out.sort(Comparator.comparingInt(p -> p.line().number()));
    return out;
  }

  private List<Way> ways(Direction direction, int subject, Where where) {
    List<Way> out = new ArrayList<>();
    for (Passage passage : passages) {
      if (passage.effect().gate() == direction && where.holds(passage.where())) {
        Peers mine = end(direction == Direction.EGRESS ? passage.from() : passage.to());
        if (mine.may().get(subject)) {
          out.add(new Way(passage, mine.must().get(subject)));
        }
      }
    }
    return out;
  }

  /** The classes that one end of a passage asks for. */
  Peers end(PeerSpec spec) {
    return classes.matching(classes.questions().number(spec, plane.view()));
  }

  /** What of the subject decides as what it sees the other end, if anything does. */
  private static Stream<Object> guisedBySubject(
      Passage passage, Direction direction, Endpoint subject) {
    if (!(passage.effect() instanceof Effect.SeenAs as)
        || !depends(as.guise(), direction == Direction.EGRESS)) {
      return Stream.empty();
    }
    return Stream.of(as.guise() instanceof Guise.Outsider ? subject.addresses() : subject.node());
  }

  /** Whether the guise depends on the source, or on the destination. */
  private static boolean depends(Guise guise, boolean onSource) {
    return switch (guise) {
      case Guise.World _, Guise.SomeNode _, Guise.Called _ -> false;
      case Guise.NodeOf(End end) -> (end == End.SOURCE) == onSource;
      case Guise.Outsider(End end) -> (end == End.SOURCE) == onSource;
      case Guise.TunnelOf _ -> onSource;
    };
  }

  /** What a gate takes some classes of peers for, each with those that it takes so. */
  Map<Endpoint, BitSet> guises(Guise guise, Direction direction, int subject, BitSet peers) {
    boolean egress = direction == Direction.EGRESS;
    Endpoint mine = classes.representative(subject);
    Map<Endpoint, BitSet> out = new LinkedHashMap<>();
    if (!peers.isEmpty() && !depends(guise, !egress)) {
      Endpoint any = classes.representative(peers.nextSetBit(0));
      out.put(egress ? guises.of(guise, mine, any) : guises.of(guise, any, mine), peers);
      return out;
    }
    for (int c = peers.nextSetBit(0); c >= 0; c = peers.nextSetBit(c + 1)) {
      Endpoint other = classes.representative(c);
      Endpoint seen = egress ? guises.of(guise, mine, other) : guises.of(guise, other, mine);
      out.computeIfAbsent(seen, _ -> new BitSet()).set(c);
    }
    return out;
  }

  /** Whether any peer of a rule matches a guise. */
  Truth matches(RuleLine line, Endpoint guise) {
    Truth out = Truth.NO;
    for (int question : line.questions()) {
      Asked asked = new Asked(question, guise);
      out =
          out.or(
              guised.computeIfAbsent(asked, a -> classes.questions().ask(a.question(), a.guise())));
    }
    return out;
  }

  /** What a rule's traffic stands for where the subject is the destination. */
  List<Piece> at(Rule rule, int subject) {
    List<Piece> out = new ArrayList<>();
    for (TrafficSpec spec : rule.traffic()) {
      out.addAll(
          EndpointClasses.dependsOnDestination(spec)
              ? pieces(meaning(spec, subject), allClasses())
              : atAll(spec));
    }
    return out;
  }

  /** What a rule's traffic stands for at every class as the destination. */
  List<Piece> atAll(Rule rule) {
    return rule.traffic().stream().flatMap(spec -> atAll(spec).stream()).toList();
  }

  private List<Piece> atAll(TrafficSpec spec) {
    List<Piece> known = anywhere.get(spec);
    if (known == null) {
      known = new ArrayList<>();
      if (EndpointClasses.dependsOnDestination(spec)) {
        Map<Meaning, BitSet> groups = new LinkedHashMap<>();
        for (int c = 0; c < classes.size(); c++) {
          groups.computeIfAbsent(meaning(spec, c), _ -> new BitSet()).set(c);
        }
        for (var group : groups.entrySet()) {
          known.addAll(pieces(group.getKey(), group.getValue()));
        }
      } else {
        known.addAll(
            pieces(
                new Meaning(ports.resolved(spec, classes.representative(0), plane.view())),
                allClasses()));
      }
      anywhere.put(spec, known);
    }
    return known;
  }

  private Meaning meaning(TrafficSpec spec, int destination) {
    return classes.meanings(destination).get(classes.named(spec, plane.view()));
  }

  private List<Piece> pieces(Meaning meant, BitSet destinations) {
    List<Piece> out = new ArrayList<>();
    TrafficSet sure = meant.resolved().sure();
    TrafficSet perhaps = meant.resolved().perhaps();
    if (!sure.isEmpty()) {
      out.add(new Piece(atoms.in(sure), destinations, true));
    }
    if (meant.rest() != Truth.NO && !perhaps.isEmpty()) {
      out.add(new Piece(atoms.in(perhaps), destinations, meant.rest() == Truth.YES));
    }
    return out;
  }

  /** Every class; not to be changed. */
  BitSet allClasses() {
    BitSet out = new BitSet(classes.size());
    out.set(0, classes.size());
    return out;
  }
}
