package io.github.polverdict.core.engine;

import io.github.polverdict.core.engine.EndpointClasses.Peers;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One gate worked out for all classes of peers and all atoms of traffic at once. */
final class GateSweep {
  private final Sweep sweep;
  private final Direction direction;
  private final int subject;
  private final List<Taker> takers;
  private final List<Sweep.Way> ways;
  private final BitSet everybody;

  /** A block that takes part, and for each of its rules what its traffic is. */
  private record Taker(Sweep.Part part, List<List<Sweep.Piece>> traffic) {}

  /** What becomes of the traffic of some atoms, by class of peer. */
  private record Result(BitSet atoms, BitSet mayAllow, BitSet mayDeny) {}

  GateSweep(
      Sweep sweep, Direction direction, int subject, List<Sweep.Part> parts, List<Sweep.Way> ways) {
    this.sweep = sweep;
    this.direction = direction;
    this.subject = subject;
    this.ways = ways;
    this.everybody = sweep.allClasses();
    this.takers =
        parts.stream()
            .map(p -> new Taker(p, p.line().rules().stream().map(this::traffic).toList()))
            .toList();
  }

  private List<Sweep.Piece> traffic(Sweep.RuleLine line) {
    return direction == Direction.INGRESS
        ? sweep.at(line.rule(), subject)
        : sweep.atAll(line.rule());
  }

  /**
   * What the gate does with each class of peers; {@code judges} says whether there is a gate at
   * all.
   */
  GateTable table(Truth judges) {
    if (sweep.plane.traits().mode() == Mode.AUDITING) {
      return GateTable.uniform(sweep.patterns.open());
    }
    List<Result> results = new ArrayList<>();
    for (BitSet group : groups()) {
      Walk walk = new Walk(group.nextSetBit(0), new BitSet(), new BitSet());
      passages(0, everybody, Map.of(), walk);
      results.add(
          new Result(group, judges == Truth.YES ? walk.mayAllow() : everybody, walk.mayDeny()));
    }
    return tabled(results);
  }

  /** Atoms that every rule and passage here treats alike. */
  private List<BitSet> groups() {
    List<BitSet> groups = List.of(sweep.atoms.all());
    for (Taker taker : takers) {
      for (List<Sweep.Piece> pieces : taker.traffic()) {
        for (Sweep.Piece piece : pieces) {
          groups = split(groups, piece.atoms());
        }
      }
    }
    for (Sweep.Way way : ways) {
      groups = split(groups, sweep.atoms.in(way.passage().traffic()));
    }
    return groups;
  }

  private static List<BitSet> split(List<BitSet> sets, BitSet by) {
    List<BitSet> out = new ArrayList<>();
    for (BitSet set : sets) {
      BitSet outside = copy(set);
      outside.andNot(by);
      if (outside.isEmpty() || outside.equals(set)) {
        out.add(set);
      } else {
        out.add(and(set, by));
        out.add(outside);
      }
    }
    return out;
  }

  private GateTable tabled(List<Result> results) {
    List<BitSet> peers = List.of(everybody);
    for (Result result : results) {
      peers = split(split(peers, result.mayAllow()), result.mayDeny());
    }
    int[] patterns = new int[peers.size()];
    for (int i = 0; i < patterns.length; i++) {
      int any = peers.get(i).nextSetBit(0);
      BitSet mayAllow = new BitSet();
      BitSet mayDeny = new BitSet();
      for (Result result : results) {
        if (result.mayAllow().get(any)) {
          mayAllow.or(result.atoms());
        }
        if (result.mayDeny().get(any)) {
          mayDeny.or(result.atoms());
        }
      }
      patterns[i] = sweep.patterns.of(mayAllow, mayDeny);
    }
    return GateTable.of(peers, patterns, sweep.classes.size());
  }

  /**
   * One atom on its way, and the peers for which it was found possible to be allowed, or denied.
   */
  private record Walk(int atom, BitSet mayAllow, BitSet mayDeny) {
    Walk at(int other) {
      return new Walk(other, mayAllow, mayDeny);
    }
  }

  /**
   * The passages from one on, for some peers; {@code guised} has what the gate takes some of them
   * for.
   */
  private void passages(int first, BitSet peers, Map<Endpoint, BitSet> guised, Walk walk) {
    BitSet live = copy(peers);
    Map<Endpoint, BitSet> sight = new LinkedHashMap<>(guised);
    for (int i = first; i < ways.size() && !live.isEmpty(); i++) {
      Passage passage = ways.get(i).passage();
      if (!sweep.atoms.in(passage.traffic()).get(walk.atom())) {
        continue;
      }
      Peers theirs = sweep.end(direction == Direction.EGRESS ? passage.to() : passage.from());
      BitSet may = and(theirs.may(), live);
      BitSet fits = ways.get(i).sure() ? and(theirs.must(), live) : new BitSet();
      BitSet must = passage.onlyIf().isEmpty() ? fits : new BitSet();
      switch (passage.effect()) {
        case Effect.Bypass _ -> {
          walk.mayAllow().or(may);
          live.andNot(must);
        }
        case Effect.Closed _ -> {
          walk.mayDeny().or(may);
          live.andNot(must);
        }
        case Effect.Uncertain _ -> {
          walk.mayAllow().or(may);
          walk.mayDeny().or(may);
          live.andNot(fits);
        }
        case Effect.Inside in -> {
          Walk carried = walk.at(sweep.atoms.of(in.protocol(), in.port()));
          passages(i + 1, may, within(sight, may), carried);
          live.andNot(must);
        }
        case Effect.SeenAs as -> { // a direct path is called by the port it arrives at
          sight.values().forEach(may::andNot);
          must = and(must, may);
          BitSet unsure = copy(may);
          unsure.andNot(must);
          if (!unsure.isEmpty()) {
            passages(i + 1, unsure, sweep.guises(as.guise(), direction, subject, unsure), walk);
          }
          sweep
              .guises(as.guise(), direction, subject, must)
              .forEach((e, some) -> sight.merge(e, some, GateSweep::or));
        }
      }
    }
    tiers(live, sight, walk);
  }

  /** What some of the peers are taken for. */
  private static Map<Endpoint, BitSet> within(Map<Endpoint, BitSet> sight, BitSet some) {
    Map<Endpoint, BitSet> out = new LinkedHashMap<>();
    sight.forEach((guise, peers) -> out.put(guise, and(peers, some)));
    return out;
  }

  private void tiers(BitSet peers, Map<Endpoint, BitSet> sight, Walk walk) {
    BitSet reach = peers;
    for (int t = 0; t < sweep.plane.tiers().size() && !reach.isEmpty(); t++) {
      reach = tier(t, reach, sight, walk);
    }
    (sweep.plane.otherwise() == Action.DENY ? walk.mayDeny() : walk.mayAllow()).or(reach);
  }

  /** A rule with the peers that it surely and perhaps matches. */
  private record Hit(Taker by, Rule rule, BitSet must, BitSet may) {}

  /** Judges one tier for the peers that reach it; gives those that may go on. */
  private BitSet tier(int t, BitSet reach, Map<Endpoint, BitSet> sight, Walk walk) {
    List<Taker> here = takers.stream().filter(taker -> taker.part().line().tier() == t).toList();
    List<Hit> hits = new ArrayList<>();
    for (Taker taker : here) {
      for (int r = 0; r < taker.traffic().size(); r++) {
        hit(taker, r, sight, walk.atom(), hits);
      }
    }
    TreeMap<Integer, List<Hit>> ranks = new TreeMap<>();
    hits.forEach(hit -> ranks.computeIfAbsent(hit.rule().rank(), _ -> new ArrayList<>()).add(hit));
    BitSet live = copy(reach);
    BitSet next = new BitSet();
    for (List<Hit> rank : ranks.values()) {
      live.andNot(serve(rank, live, next, walk));
    }
    next.or(unmatched(here, live, hits, into(sweep.plane.tiers().get(t).unmatched(), next, walk)));
    return next;
  }

  /** Serves the rules of one rank, those of a block in turn; gives the peers it surely decides. */
  private static BitSet serve(List<Hit> rank, BitSet live, BitSet next, Walk walk) {
    BitSet sure = new BitSet();
    Map<Taker, BitSet> left = new IdentityHashMap<>();
    for (Hit hit : rank) {
      BitSet peers = left.computeIfAbsent(hit.by(), _ -> copy(live));
      into(hit.rule().action(), next, walk).or(and(hit.may(), peers));
      peers.andNot(hit.must());
      if (hit.by().part().sure()) {
        sure.or(hit.must());
      }
    }
    return sure;
  }

  private static BitSet into(Action action, BitSet next, Walk walk) {
    return switch (action) {
      case ALLOW -> walk.mayAllow();
      case DENY -> walk.mayDeny();
      case PASS -> next;
    };
  }

  /**
   * Puts the peers that may be isolated into a set; gives those that may go on because they may be
   * not.
   */
  private static BitSet unmatched(
      Collection<Taker> takers, BitSet live, List<Hit> hits, BitSet isolated) {
    boolean sure = false;
    for (Taker taker : takers) {
      if (taker.part().line().block().isolates()) {
        BitSet peers = copy(live);
        if (!taker.part().sure()) {
          hits.stream().filter(h -> h.by() == taker).forEach(h -> peers.andNot(h.must()));
        }
        sure |= taker.part().sure();
        isolated.or(peers);
      }
    }
    return sure ? new BitSet() : live;
  }

  private void hit(Taker by, int index, Map<Endpoint, BitSet> sight, int atom, List<Hit> hits) {
    Sweep.RuleLine line = by.part().line().rules().get(index);
    BitSet must = new BitSet();
    BitSet may = new BitSet();
    for (Sweep.Piece piece : by.traffic().get(index)) {
      if (piece.atoms().get(atom)) {
        may.or(piece.destinations());
        if (piece.sure()) {
          must.or(piece.destinations());
        }
      }
    }
    if (!may.isEmpty()) {
      BitSet mustPeers = copy(line.peers().must());
      BitSet mayPeers = copy(line.peers().may());
      sight.forEach((guise, some) -> {
        Truth matches = sweep.matches(line, guise);
        put(mustPeers, some, matches == Truth.YES);
        put(mayPeers, some, matches != Truth.NO);
      });
      must.and(mustPeers);
      may.and(mayPeers);
      if (!may.isEmpty()) {
        hits.add(
            new Hit(by, line.rule(), line.rule().onlyIf().isEmpty() ? must : new BitSet(), may));
      }
    }
  }

  private static void put(BitSet into, BitSet some, boolean value) {
    if (value) {
      into.or(some);
    } else {
      into.andNot(some);
    }
  }

  private static BitSet copy(BitSet set) {
    return (BitSet) set.clone();
  }

  private static BitSet and(BitSet a, BitSet b) {
    BitSet out = copy(a);
    out.and(b);
    return out;
  }

  private static BitSet or(BitSet a, BitSet b) {
    BitSet out = copy(a);
    out.or(b);
    return out;
  }
}
