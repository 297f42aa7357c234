package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.diff.Mixes.Request;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes back the sets that flip traffic but that the second cluster undoes: a policy that denies,
 * where it has another one that allows. A set lasts if the second cluster without it behaves as the
 * first, or if it flips the traffic whatever else is taken from the second.
 */
final class Lasting {
  /** With more other choices than this each alone is tried, and all but each. */
  private static final int FEW = 3;

  private final Choices choices;
  private final Map<BitSet, List<Part>> byScope;
  private final Map<BitSet, List<Doubtful>> doubtful = new LinkedHashMap<>(); // by scope

  /** Traffic that the second cluster does not owe to a set alone. */
  private record Doubtful(Part part, BitSet set, TrafficSet traffic) {}

  Lasting(Choices choices, Map<BitSet, List<Part>> byScope) {
    this.choices = choices;
    this.byScope = byScope;
  }

  /**
   * Leaves of each part the sets that last.
   *
   * @return whether all could be tried
   */
  boolean keep() {
    Mixes without = new Mixes();
    byScope.forEach((scope, parts) -> {
      for (BitSet set : sets(parts)) {
        BitSet rest = Subsets.without(scope, set);
        if (rest.cardinality() > 1) { // else there is only the whole beside it, which flips
          without.add(scope, rest);
        }
      }
    });
    boolean complete = without.each(choices, this::doubt);
    Mixes more = new Mixes();
    doubtful.forEach((scope, all) ->
        all.stream().map(Doubtful::set).distinct().forEach(set -> withMore(scope, set, more)));
    return complete & more.each(choices, this::undo);
  }

  private static Set<BitSet> sets(List<Part> parts) {
    Set<BitSet> out = new HashSet<>();
    parts.forEach(p -> p.splits().forEach(s -> out.addAll(s.ways())));
    return out;
  }

  private void doubt(Request request, Hybrids.Mixed mixed) {
    BitSet set = Subsets.without(request.scope(), request.set());
    for (Part part : byScope.getOrDefault(request.scope(), List.of())) {
      for (Part.Split split : part.splits()) {
        if (split.ways().contains(set)) {
          TrafficSet still = mixed.flipped(part.piece().with(split.traffic()));
          if (!still.isEmpty()) {
            doubtful
                .computeIfAbsent(request.scope(), _ -> new ArrayList<>())
                .add(new Doubtful(part, set, still));
          }
        }
      }
    }
  }

  /** Asks for the set with other choices of the second. */
  private static void withMore(BitSet scope, BitSet set, Mixes mixes) {
    BitSet others = Subsets.without(scope, set);
    int count = others.cardinality();
    for (int size = 1; size < count; size++) {
      if (count <= FEW || size == 1 || size == count - 1) {
        Subsets.of(
            others,
            size,
            some -> {
              some.or(set);
              mixes.add(scope, some);
            });
      }
    }
  }

  private void undo(Request request, Hybrids.Mixed mixed) {
    for (Doubtful one : doubtful.getOrDefault(request.scope(), List.of())) {
      if (Subsets.covers(request.set(), one.set())) {
        TrafficSet stays = mixed.flipped(one.part().piece().with(one.traffic()));
        TrafficSet undone = one.traffic().minus(stays);
        if (!undone.isEmpty()) {
          one.part().undone(one.set(), undone);
        }
      }
    }
  }
}
