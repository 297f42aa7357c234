package io.github.polverdict.core.engine;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Seen;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** One gate of one plane on one path: first the passages in order, then the tiers in order. */
final class Gate {
  private final Plane plane;
  private final Direction direction;
  private final Path path;
  private final Universe universe;
  private final Ports ports;
  private final Endpoint subject;
  private Endpoint peer;
  private Where where;

  /** The other end of the path as the tiers see it, and the port that they see. */
  private record Sight(Endpoint peer, int port) {}

  Gate(Plane plane, Direction direction, Path path, Universe universe, Ports ports) {
    this.plane = plane;
    this.direction = direction;
    this.path = path;
    this.universe = universe;
    this.ports = ports;
    this.subject = direction == Direction.EGRESS ? path.from() : path.to();
    this.peer = other();
    this.where = Where.of(path.from(), path.to());
  }

  private Endpoint other() {
    return direction == Direction.EGRESS ? path.to() : path.from();
  }

  /** The other end as the gate surely sees it. */
  Seen seen() {
    return new Seen(peer, other());
  }

  /** Where a node is not known, both worlds are judged: the same node, and another one. */
  void judge(Possible possible) {
    boolean asked = plane.passages().stream().anyMatch(p -> p.where() != Passage.Where.ANY);
    for (Where world : Where.of(path.from(), path.to()).worlds()) {
      if (world != Where.of(path.from(), path.to()) && asked) {
        possible.doubt(Set.of(Where.unknownNode(path.from().node().isEmpty() ? path.from() : path.to())));
      }
      where = world;
      passages(0, new Sight(other(), path.port()), possible);
    }
  }

  private void passages(int first, Sight as, Possible possible) {
    Sight seen = as;
    for (int i = first; i < plane.passages().size(); i++) {
      Passage passage = plane.passages().get(i);
      if (passage.effect().gate() != direction) {
        continue;
      }
      Match fits = fits(passage);
      Match applies = fits.and(Match.unless(passage.onlyIf()));
      if (applies.no()) {
        continue;
      }
      possible.doubt(applies.doubts());
      switch (passage.effect()) {
        case Effect.Bypass _ -> {
          possible.allow(new Decision.Bypassed(passage));
          if (applies.yes()) {
            return;
          }
        }
        case Effect.Closed _ -> {
          possible.deny(new Decision.Bypassed(passage));
          if (applies.yes()) {
            return;
          }
        }
        case Effect.Uncertain _ -> {
          possible.allow(new Decision.Bypassed(passage));
          possible.deny(new Decision.Bypassed(passage));
          if (fits.yes()) {
            return;
          }
        }
        case Effect.SeenAs(Direction _, var guise, boolean untranslated) -> {
          if (seen.peer().equals(other())) {
            Endpoint other = Guises.of(guise, path.from(), path.to(), universe);
            Sight guised = new Sight(other, untranslated ? path.called() : path.port());
            if (!applies.yes()) {
              passages(i + 1, guised, possible);
            } else {
              seen = guised;
              peer = other;
            }
          }
        }
      }
    }
    tiers(0, seen, possible);
  }

  private Match fits(Passage p) {
    Match by = Match.of(p.via().isEmpty() || p.via().contains(path.via()));
    Match carries = Match.of(p.traffic().contains(path.protocol(), path.port()));
    return by.and(carries).and(Match.of(where.holds(p.where()))).and(end(p.from(), path.from())).and(end(p.to(), path.to()));
  }

  private Match end(PeerSpec spec, Endpoint endpoint) {
    return Matching.is(spec, endpoint, plane.view(), path.family());
  }

  /** The tiers from one on; after the last one the plane's default. */
  private void tiers(int index, Sight as, Possible possible) {
    if (index == plane.tiers().size()) {
      Decision decision = new Decision.ByNothing(plane);
      if (plane.otherwise() == Action.DENY) {
        possible.deny(decision);
      } else {
        possible.allow(decision);
      }
      return;
    }
    Tier tier = plane.tiers().get(index);
    if (tier(tier, as, possible)) {
      tiers(index + 1, as, possible);
    }
  }

  /** A rule that may match, with how surely it and its block take part. */
  private record Candidate(Block block, Rule rule, Match selects, Match matches) {
    Match both() {
      return selects.and(matches);
    }
  }

  /** Judges one tier; true when the next one may have its say. */
  private boolean tier(Tier tier, Sight as, Possible possible) {
    List<Candidate> candidates = candidates(tier, as);
    boolean pass = false;
    for (int i = 0; i < candidates.size(); ) {
      int rank = candidates.get(i).rule().rank();
      List<Candidate> equals = new ArrayList<>();
      for (; i < candidates.size() && candidates.get(i).rule().rank() == rank; i++) {
        equals.add(candidates.get(i));
      }
      pass |= rank(tier, equals, possible);
      if (equals.stream().anyMatch(c -> c.both().yes())) {
        return pass; // something of this rank surely matched: later ranks are not reached
      }
    }
    return isolation(tier, candidates, possible) | pass;
  }

  private List<Candidate> candidates(Tier tier, Sight as) {
    List<Candidate> out = new ArrayList<>();
    for (Block block : tier.blocks()) {
      Match selects = selects(block);
      if (!selects.no()) {
        for (Rule rule : block.rules()) {
          Match matches = matches(rule, as);
          if (!matches.no()) {
            out.add(new Candidate(block, rule, selects, matches));
          }
        }
      }
    }
    // within a rank what surely matches comes first, so that a decision names it
    out.sort(Comparator.comparingInt((Candidate c) -> c.rule().rank()).thenComparing(c -> c.both().truth()));
    return out;
  }

  /** What the rules of one rank can do; true when they may pass on. */
  private boolean rank(Tier tier, List<Candidate> equals, Possible possible) {
    boolean pass = false;
    for (Candidate c : equals) {
      possible.doubt(c.both().doubts());
      Decision decision = new Decision.ByRule(c.rule(), c.block(), tier);
      switch (c.rule().action()) {
        case ALLOW -> possible.allow(decision);
        case DENY -> possible.deny(decision);
        case PASS -> pass = true;
      }
    }
    if (equals.stream().map(c -> c.rule().action()).distinct().count() > 1) {
      possible.doubt(Set.of(new Doubt.UndefinedOrder(equals.stream().map(c -> c.rule().origin()).toList())));
    }
    return pass;
  }

  /**
   * What becomes of a flow that nothing surely matched; true when the next tier may have its say. A
   * block that only may select the subject isolates it only in worlds where none of its rules match.
   */
  private boolean isolation(Tier tier, List<Candidate> candidates, Possible possible) {
    List<Block> sure = new ArrayList<>();
    List<Block> perhaps = new ArrayList<>();
    for (Block block : tier.blocks()) {
      Match selects = block.isolates() ? selects(block) : Match.NO;
      boolean matches =
          candidates.stream().anyMatch(c -> c.block().equals(block) && c.matches().yes());
      if (selects.yes()) {
        sure.add(block);
      } else if (!selects.no() && !matches) {
        perhaps.add(block);
        possible.doubt(selects.doubts());
      }
    }
    List<Block> isolating = sure.isEmpty() ? perhaps : sure;
    if (!isolating.isEmpty()) {
      Decision decision = new Decision.ByIsolation(tier, isolating);
      switch (tier.unmatched()) {
        case ALLOW -> possible.allow(decision);
        case DENY -> possible.deny(decision);
        case PASS -> {
          return true;
        }
      }
    }
    return sure.isEmpty();
  }

  private Match selects(Block block) {
    return block.direction() == direction
        ? Match.unless(block.onlyIf()).and(Matching.selects(block.subject(), subject, plane.view()))
        : Match.NO;
  }

  private Match matches(Rule rule, Sight as) {
    Match who = Match.NO;
    for (PeerSpec spec : rule.peers()) {
      who = who.or(end(spec, as.peer()));
    }
    Match what = Match.NO;
    for (TrafficSpec spec : rule.traffic()) {
      what = what.or(ports.has(spec, path.to(), path.protocol(), as.port(), plane.view()));
    }
    return Match.unless(rule.onlyIf()).and(who).and(what);
  }
}
