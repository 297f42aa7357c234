package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One gate of one class: what may pass and what may not, for all peers and all traffic at once. */
final class GateSweep {
  private final Sweep sweep;
  private final Direction direction;
  private final Endpoint subject;
  private final Where where;
  private final List<Candidate> candidates = new ArrayList<>();

  /** A block that may take part, and what its rules' traffic is. */
  private record Candidate(int tier, Block block, boolean sure, List<List<Sweep.Piece>> traffic) {}

  /** What a gate does with the traffic of some atoms, by class of peer. */
  record Result(BitSet atoms, BitSet mayAllow, BitSet mayDeny) {}

  /** The peers as the gate sees them; those not in the map are seen as themselves. */
  private record Sight(Map<Integer, Endpoint> guised) {}

  GateSweep(Sweep sweep, Direction direction, Endpoint subject, Where where) {
    this.sweep = sweep;
    this.direction = direction;
    this.subject = subject;
    this.where = where;
    for (int t = 0; t < sweep.plane.tiers().size(); t++) {
      for (Block block : sweep.plane.tiers().get(t).blocks()) {
        Truth selects =
            block.direction() == direction
                ? Matching.selects(block.subject(), subject, sweep.plane.view()).truth()
                : Truth.NO;
        if (selects != Truth.NO) {
          boolean sure = selects == Truth.YES && block.onlyIf().isEmpty();
          candidates.add(
              new Candidate(t, block, sure, block.rules().stream().map(this::traffic).toList()));
        }
      }
    }
  }

  private List<Sweep.Piece> traffic(Rule rule) {
    List<Sweep.Piece> out = new ArrayList<>();
    for (TrafficSpec spec : rule.traffic()) {
      out.addAll(direction == Direction.INGRESS ? sweep.at(spec, subject) : sweep.atAll(spec));
    }
    return out;
  }

  /** One result for each group of atoms that the same rules serve. */
  List<Result> results() {
    List<Result> out = new ArrayList<>();
    Truth judges = EndpointClasses.membership(sweep.plane, subject);
    for (BitSet group : groups()) {
      BitSet mayAllow = new BitSet();
      BitSet mayDeny = new BitSet();
      if (judges != Truth.NO) {
        passages(
            0, sweep.all(), new Sight(Map.of()), new Walk(group.nextSetBit(0), mayAllow, mayDeny));
      }
      boolean audits = sweep.plane.traits().mode() == Mode.AUDITING;
      if (judges != Truth.YES || audits) {
        mayAllow = sweep.all();
      }
      out.add(new Result(group, mayAllow, audits || judges == Truth.NO ? new BitSet() : mayDeny));
    }
    return out;
  }

  /** Atoms that every rule and passage here treats alike. */
  private Collection<BitSet> groups() {
    List<BitSet> cuts = new ArrayList<>();
    candidates.forEach(
        c -> c.traffic().forEach(pieces -> pieces.forEach(p -> cuts.add(p.traffic()))));
    sweep.plane.passages().forEach(p -> cuts.add(sweep.atoms.in(p.traffic())));
    List<BitSet> distinct = cuts.stream().distinct().toList();
    Map<BitSet, BitSet> groups = new LinkedHashMap<>();
    for (int atom = 0; atom < sweep.atoms.size(); atom++) {
      BitSet signature = new BitSet();
      for (int i = 0; i < distinct.size(); i++) {
        signature.set(i, distinct.get(i).get(atom));
      }
      groups.computeIfAbsent(signature, _ -> new BitSet()).set(atom);
    }
    return groups.values();
  }

  /** One atom on its way, and what was found possible for it. */
  private record Walk(int atom, BitSet mayAllow, BitSet mayDeny) {}

  private void passages(int first, BitSet peers, Sight sight, Walk walk) {
    BitSet live = copy(peers);
    Map<Integer, Endpoint> guised = new HashMap<>(sight.guised());
    for (int i = first; i < sweep.plane.passages().size() && !live.isEmpty(); i++) {
      Passage passage = sweep.plane.passages().get(i);
      if (passage.effect().gate() != direction || !speaksOf(passage, walk.atom())) {
        continue;
      }
      Sweep.Peers fits = fits(passage);
      BitSet may = and(fits.may(), live);
      BitSet must = passage.onlyIf().isEmpty() ? and(fits.must(), live) : new BitSet();
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
          live.andNot(fits.must());
        }
        case Effect.SeenAs(
                var _,
                var guise,
                boolean _) -> { // a direct path is called by the port it arrives at
          guised.keySet().forEach(may::clear);
          Map<Integer, Endpoint> other = new HashMap<>(guised);
          may.stream().forEach(c -> other.put(c, guise(guise, c)));
          BitSet unsure = copy(may);
          unsure.andNot(must);
          if (!unsure.isEmpty()) {
            passages(i + 1, unsure, new Sight(other), walk);
          }
          and(may, must).stream().forEach(c -> guised.put(c, guise(guise, c)));
        }
      }
    }
    tiers(live, new Sight(guised), walk);
  }

  private boolean speaksOf(Passage passage, int atom) {
    return (passage.via().isEmpty() || passage.via().contains(Via.POD_ADDRESS))
        && where.holds(passage.where())
        && sweep.atoms.in(passage.traffic()).get(atom);
  }

  private Sweep.Peers fits(Passage passage) {
    boolean egress = direction == Direction.EGRESS;
    Match mine = sweep.is(egress ? passage.from() : passage.to(), subject);
    Sweep.Peers theirs = sweep.peers(egress ? passage.to() : passage.from());
    return switch (mine.truth()) {
      case YES -> theirs;
      case MAYBE -> new Sweep.Peers(new BitSet(), theirs.may());
      case NO -> new Sweep.Peers(new BitSet(), new BitSet());
    };
  }

  private Endpoint guise(Passage.Guise guise, int peer) {
    Endpoint other = sweep.classes.representative(peer);
    return direction == Direction.EGRESS
        ? sweep.guises.of(guise, subject, other)
        : sweep.guises.of(guise, other, subject);
  }

  private void tiers(BitSet peers, Sight sight, Walk walk) {
    BitSet reach = copy(peers);
    for (int t = 0; t < sweep.plane.tiers().size() && !reach.isEmpty(); t++) {
      reach = tier(t, reach, sight, walk);
    }
    (sweep.plane.otherwise() == Action.DENY ? walk.mayDeny() : walk.mayAllow()).or(reach);
  }

  /** A rule with the peers that it surely and perhaps matches. */
  private record Hit(Candidate by, Rule rule, BitSet must, BitSet may) {}

  /** Judges one tier for the peers that reach it; gives those that may go on. */
  private BitSet tier(int t, BitSet reach, Sight sight, Walk walk) {
    TreeMap<Integer, List<Hit>> ranks = new TreeMap<>();
    List<Hit> hits = new ArrayList<>();
    for (Candidate c : candidates) {
      for (int r = 0; c.tier() == t && r < c.block().rules().size(); r++) {
        Hit hit = hit(c, r, sight, walk.atom());
        if (!hit.may().isEmpty()) {
          hits.add(hit);
          ranks.computeIfAbsent(hit.rule().rank(), _ -> new ArrayList<>()).add(hit);
        }
      }
    }
    BitSet live = copy(reach);
    BitSet next = new BitSet();
    for (List<Hit> rank : ranks.values()) {
      BitSet sure = new BitSet();
      for (Hit hit : rank) {
        into(hit.rule().action(), next, walk).or(and(hit.may(), live));
        if (hit.by().sure()) {
          sure.or(hit.must());
        }
      }
      live.andNot(sure);
    }
    next.or(unmatched(sweep.plane.tiers().get(t), t, live, hits, walk));
    return next;
  }

  private static BitSet into(Action action, BitSet next, Walk walk) {
    return switch (action) {
      case ALLOW -> walk.mayAllow();
      case DENY -> walk.mayDeny();
      case PASS -> next;
    };
  }

  /** What becomes of peers that nothing surely matched; gives those that may go on. */
  private BitSet unmatched(Tier tier, int t, BitSet live, List<Hit> hits, Walk walk) {
    boolean isolated = false;
    BitSet isolating = new BitSet();
    for (Candidate c : candidates) {
      if (c.tier() == t && c.block().isolates()) {
        BitSet peers = copy(live);
        if (!c.sure()) {
          hits.stream().filter(h -> h.by().equals(c)).forEach(h -> peers.andNot(h.must()));
        }
        isolated |= c.sure();
        isolating.or(peers);
      }
    }
    BitSet next = isolated ? new BitSet() : copy(live);
    into(tier.unmatched(), next, walk).or(isolating);
    return next;
  }

  private Hit hit(Candidate by, int index, Sight sight, int atom) {
    Rule rule = by.block().rules().get(index);
    BitSet mustTraffic = new BitSet();
    BitSet mayTraffic = new BitSet();
    for (Sweep.Piece piece : by.traffic().get(index)) {
      if (piece.traffic().get(atom)) {
        mayTraffic.or(piece.destinations());
        if (piece.sure()) {
          mustTraffic.or(piece.destinations());
        }
      }
    }
    BitSet must = new BitSet();
    BitSet may = new BitSet();
    if (!mayTraffic.isEmpty()) {
      for (PeerSpec spec : rule.peers()) {
        must.or(sweep.peers(spec).must());
        may.or(sweep.peers(spec).may());
      }
      sight
          .guised()
          .forEach((c, as) -> {
            List<Match> matches = rule.peers().stream().map(s -> sweep.is(s, as)).toList();
            must.set(c, matches.stream().anyMatch(Match::yes));
            may.set(c, matches.stream().anyMatch(m -> !m.no()));
          });
      must.and(mustTraffic);
      may.and(mayTraffic);
    }
    return new Hit(by, rule, rule.onlyIf().isEmpty() ? must : new BitSet(), may);
  }

  private static BitSet copy(BitSet set) {
    return (BitSet) set.clone();
  }

  private static BitSet and(BitSet a, BitSet b) {
    BitSet out = copy(a);
    out.and(b);
    return out;
  }
}
