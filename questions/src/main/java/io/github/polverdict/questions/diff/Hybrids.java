package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.table.Compared;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Clusters mixed from two, at most so many; the last few are kept. */
final class Hybrids {
  private final Exchange exchange;
  private final DiffQuestion question;
  private final Map<Reach, Reach> known;
  private final Map<Recipe, Mixed> recent = new HashMap<>();
  private final Map<Reach, Map<TrafficSet, Map<Outcome, TrafficSet>>> common =
      new IdentityHashMap<>();
  private int made;

  Hybrids(Exchange exchange, DiffQuestion question, Map<Reach, Reach> known) {
    this.exchange = exchange;
    this.question = question;
    this.known = known;
  }

  /** Each one is compiled and judged, so their number bounds the time. */
  boolean exhausted() {
    return made >= question.tries();
  }

  int made() {
    return made;
  }

  /** One of them. */
  final class Mixed {
    private final Compared cluster;

    private Mixed(Compared cluster) {
      this.cluster = cluster;
    }

    /**
     * The part of the piece's traffic that comes out as in the second cluster; the very same object
     * when all of it does.
     */
    TrafficSet flipped(Spot.Piece piece) {
      Spot spot = piece.spot();
      return cluster
          .reach(spot.src(), spot.dst(), spot.family())
          .map(r -> common(r, piece.b(), piece.traffic()))
          .orElse(TrafficSet.NONE);
    }
  }

  /** Equal results are one object, and pieces share theirs, so most were met before. */
  private TrafficSet common(Reach reach, Outcome outcome, TrafficSet traffic) {
    return common
        .computeIfAbsent(reach, _ -> new IdentityHashMap<>())
        .computeIfAbsent(traffic, _ -> new HashMap<>())
        .computeIfAbsent(
            outcome,
            _ -> {
              TrafficSet both = reach.with(outcome).and(traffic);
              return both.equals(traffic) ? traffic : both;
            });
  }

  /** The first cluster with these inputs of the second; of some of them only these fields. */
  Mixed mixed(Set<Ingredient> fromB, Map<Ingredient, BitSet> fields) {
    Recipe recipe = new Recipe(Set.copyOf(fromB), Map.copyOf(fields));
    Mixed before = recent.get(recipe);
    if (before != null) {
      return before;
    }
    if (recent.size() > 8) {
      recent.clear();
    }
    made++;
    Mixed mixed = new Mixed(new Compared(exchange.mixed(fromB, fields), question.nodes(), known));
    recent.put(recipe, mixed);
    return mixed;
  }

  private record Recipe(Set<Ingredient> fromB, Map<Ingredient, BitSet> fields) {}
}
