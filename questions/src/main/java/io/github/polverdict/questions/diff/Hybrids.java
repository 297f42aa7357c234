package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.table.Compared;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;

/** Clusters mixed from two, at most so many; the last few are kept. */
final class Hybrids {
  private static final int RECENT = 8;
  private static final int MOST_AT_ONCE = 8; // they are large

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

  /** Mixes some clusters, as many at a time as there are processors; no more than are left. */
  List<Mixed> mixed(List<Recipe> recipes) {
    if (recent.size() > RECENT) {
      recent.clear();
    }
    List<Recipe> missing = recipes.stream().filter(r -> !recent.containsKey(r)).distinct().toList();
    made += missing.size();
    List<Mixed> done = missing.parallelStream().map(this::made).toList();
    for (int i = 0; i < done.size(); i++) {
      recent.put(missing.get(i), done.get(i));
    }
    return recipes.stream().map(r -> Objects.requireNonNull(recent.get(r))).toList();
  }

  /** How many it is worth to ask for at once. */
  int atOnce() {
    int processors = ForkJoinPool.getCommonPoolParallelism() + 1;
    return Math.clamp(question.tries() - made, 1, Math.min(processors, MOST_AT_ONCE));
  }

  private Mixed made(Recipe recipe) {
    Bench bench = exchange.mixed(recipe.fromB(), recipe.fields());
    return new Mixed(new Compared(bench, question.nodes(), known));
  }

  /** The first cluster with these inputs of the second; of some of them only these fields. */
  record Recipe(Set<Ingredient> fromB, Map<Ingredient, BitSet> fields) {
    Recipe {
      fromB = Set.copyOf(fromB);
      fields = Map.copyOf(fields);
    }
  }
}
