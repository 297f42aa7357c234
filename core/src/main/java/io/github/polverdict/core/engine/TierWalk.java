package io.github.polverdict.core.engine;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tiers of one plane in order, for one path as its gate sees it. */
final class TierWalk {
  private final Plane plane;
  private final Direction direction;
  private final Path path;
  private final Gate.Sight sight;
  private final Ports ports;

  TierWalk(Plane plane, Direction direction, Path path, Gate.Sight sight, Ports ports) {
    this.plane = plane;
    this.direction = direction;
    this.path = path;
    this.sight = sight;
    this.ports = ports;
  }

  Possible judge() {
    return from(0);
  }

  /** What the tiers from one on lead to; after the last one the plane's default. */
  private Possible from(int index) {
    if (index == plane.tiers().size()) {
      Action otherwise = plane.otherwise() == Action.DENY ? Action.DENY : Action.ALLOW;
      return Possible.of(otherwise, new Decision.ByNothing(plane));
    }
    return new TierStep(index).judge();
  }

  /** A block that takes part, with how surely it does, and those of its rules that may match. */
  private record Party(Block block, Match selects, List<Candidate> candidates) {}

  /** A rule that may match, with how surely it does if its block takes part. */
  private record Candidate(Block block, Rule rule, Match selects, Match matches) {
    Match both() {
      return selects.and(matches);
    }
  }

  /** One tier. Later ones are judged once at most, and only when they may have their say. */
  private final class TierStep {
    private final Tier tier;
    private final int index;
    private final List<Party> parties = new ArrayList<>();
    private final List<Possible> next = new ArrayList<>(); // empty until judged

    TierStep(int index) {
      this.index = index;
      this.tier = plane.tiers().get(index);
      for (Block block : tier.blocks()) {
        Match selects = selects(block);
        if (!selects.no()) {
          parties.add(new Party(block, selects, candidates(block, selects)));
        }
      }
    }

    private List<Candidate> candidates(Block block, Match selects) {
      return block.rules().stream()
          .map(rule -> new Candidate(block, rule, selects, matches(rule)))
          .filter(c -> !c.matches().no())
          .toList();
    }

    Possible judge() {
      List<Candidate> all =
          parties.stream()
              .flatMap(p -> p.candidates().stream())
              .sorted(Comparator.comparingInt(c -> c.rule().rank()))
              .toList();
      return rank(all);
    }

    /**
     * The candidates of the lowest rank decide if one of them surely matches, else the others may
     * too. Those of one block are served in its order.
     */
    private Possible rank(List<Candidate> candidates) {
      if (candidates.isEmpty()) {
        return unmatched();
      }
      int lowest = candidates.getFirst().rule().rank();
      List<Candidate> first = candidates.stream().filter(c -> c.rule().rank() == lowest).toList();
      List<Candidate> served = served(first);
      List<Possible> outcomes = new ArrayList<>(served.stream().map(this::outcome).toList());
      if (first.stream().noneMatch(c -> c.both().yes())) {
        outcomes.add(rank(candidates.subList(first.size(), candidates.size())));
      }
      return Possible.anyOf(outcomes, separating(served));
    }

    /**
     * Those of one rank that may be reached: of a block, up to the first that matches if the block
     * takes part. What surely matches comes first, so that a decision names it.
     */
    private static List<Candidate> served(List<Candidate> equals) {
      List<Candidate> out = new ArrayList<>();
      Set<Block> ended = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Candidate candidate : equals) {
        if (!ended.contains(candidate.block())) {
          out.add(candidate);
        }
        if (candidate.matches().yes()) {
          ended.add(candidate.block());
        }
      }
      out.sort(Comparator.comparing(c -> c.both().truth()));
      return out;
    }

    private Possible outcome(Candidate candidate) {
      Decision decision = new Decision.ByRule(candidate.rule(), candidate.block(), tier);
      Action action = candidate.rule().action();
      return action == Action.PASS ? next() : Possible.of(action, decision);
    }

    /**
     * The facts that separate rules of one rank: whether they match, and the order between them.
     */
    private static Set<Doubt> separating(List<Candidate> equals) {
      Map<Action, List<Candidate>> byAction = new EnumMap<>(Action.class);
      equals.forEach(
          c -> byAction.computeIfAbsent(c.rule().action(), _ -> new ArrayList<>()).add(c));
      Set<Doubt> out = new LinkedHashSet<>();
      for (List<Candidate> agreeing : byAction.values()) {
        if (agreeing.stream().noneMatch(c -> c.both().yes())) {
          agreeing.forEach(c -> out.addAll(c.both().doubts()));
        }
      }
      List<Candidate> contenders =
          equals.stream()
              .filter(c -> equals.stream().anyMatch(other -> contend(c, other)))
              .toList();
      if (!contenders.isEmpty()) {
        out.add(
            new Doubt.UndefinedOrder(
                contenders.stream().map(c -> c.rule().origin()).distinct().toList()));
      }
      return out;
    }

    private static boolean contend(Candidate one, Candidate other) {
      return one.block() != other.block() && one.rule().action() != other.rule().action();
    }

    /**
     * What becomes of a path that no rule matched. A block that only may select the subject
     * isolates it only in worlds where none of its rules match, so one that surely matches rules it
     * out.
     */
    private Possible unmatched() {
      List<Block> isolating = new ArrayList<>();
      List<Block> perhaps = new ArrayList<>();
      Set<Doubt> doubts = new LinkedHashSet<>();
      for (Party party : parties) {
        if (!party.block().isolates()) {
          continue;
        }
        if (party.selects().yes()) {
          isolating.add(party.block());
        } else if (party.candidates().stream().noneMatch(c -> c.matches().yes())) {
          perhaps.add(party.block());
          doubts.addAll(party.selects().doubts());
        }
      }
      if (!isolating.isEmpty()) {
        return isolated(isolating);
      }
      return perhaps.isEmpty() ? next() : isolated(perhaps).or(next(), doubts);
    }

    private Possible isolated(List<Block> by) {
      return tier.unmatched() == Action.PASS
          ? next()
          : Possible.of(tier.unmatched(), new Decision.ByIsolation(tier, by));
    }

    private Possible next() {
      if (next.isEmpty()) {
        next.add(from(index + 1));
      }
      return next.getFirst();
    }
  }

  private Match selects(Block block) {
    Endpoint subject = direction == Direction.EGRESS ? path.from() : path.to();
    return block.direction() == direction
        ? Match.unless(block.onlyIf()).and(Matching.selects(block.subject(), subject, plane.view()))
        : Match.NO;
  }

  private Match matches(Rule rule) {
    Match who = Match.NO;
    for (PeerSpec spec : rule.peers()) {
      who = who.or(Matching.is(spec, sight.peer(), plane.view(), path));
    }
    if (who.no()) {
      return Match.NO;
    }
    Match what = Match.NO;
    for (TrafficSpec spec : rule.traffic()) {
      int port = spec instanceof TrafficSpec.Called ? path.called() : sight.port();
      what = what.or(ports.has(spec, path.to(), path.protocol(), port, plane.view()));
    }
    return Match.unless(rule.onlyIf()).and(who).and(what);
  }
}
