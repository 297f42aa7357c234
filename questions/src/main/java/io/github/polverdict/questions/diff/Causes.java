package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.diff.Spot.Piece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the smallest sets of choices that make the first cluster behave like the second, and that
 * nothing else of the second undoes. Sets are tried by size, so that no smaller one does it; for a
 * flow that very many choices may matter to one set is shrunk instead (Zeller and Hildebrandt 2002,
 * ddmin), and each of its subsets tried.
 */
final class Causes {
  /** With more sets of a size than this, one that does it is shrunk. */
  private static final int MOST_SETS = 64;

  /** A shrunk set of more inputs than this is told without trying each of its subsets. */
  private static final int MOST_IN_SET = 6;

  private final Choices choices;
  private final List<Flipped> found = new ArrayList<>();
  private boolean all = true;

  /**
   * Traffic and the smallest sets that flip it, each alone.
   *
   * @param piece as it was asked
   * @param ways none when none was found
   */
  record Flipped(Piece piece, TrafficSet traffic, List<BitSet> ways) {}

  Causes(Choices choices, List<Piece> pieces) {
    this.choices = choices;
    List<Part> open = scoped(pieces);
    for (int size = 1; !open.isEmpty() && !choices.exhausted(); size++) {
      open = level(open, size);
    }
    all &= open.isEmpty();
    open.forEach(this::close);
  }

  List<Flipped> found() {
    return found;
  }

  /** Whether nothing was left for want of tries. */
  boolean all() {
    return all;
  }

  /** The pieces with their scopes; what the whole of its scope does not flip has every choice. */
  private List<Part> scoped(List<Piece> pieces) {
    BitSet every = choices.all();
    List<Part> out = new ArrayList<>();
    Map<BitSet, List<Part>> byScope = new LinkedHashMap<>();
    for (Piece piece : pieces) {
      BitSet scope = choices.scope(piece.spot());
      Part part = new Part(piece, scope);
      if (scope.equals(every)) {
        out.add(part);
      } else {
        byScope.computeIfAbsent(scope, _ -> new ArrayList<>()).add(part);
      }
    }
    Mixes mixes = new Mixes();
    byScope.keySet().forEach(scope -> mixes.add(scope, scope));
    mixes.each(
        choices,
        (request, mixed) -> {
          for (Part part : byScope.getOrDefault(request.scope(), List.of())) {
            TrafficSet flipped = mixed.flipped(part.piece());
            TrafficSet rest = part.piece().traffic().minus(flipped);
            if (!flipped.isEmpty()) {
              out.add(part.with(flipped, part.scope()));
            }
            if (!rest.isEmpty()) {
              out.add(part.with(rest, every));
            }
          }
          byScope.remove(request.scope());
        });
    byScope.values().forEach(out::addAll); // none is left but for want of tries
    return out;
  }

  /** Tries every set of a size on the parts; what none of them flips is left. */
  private List<Part> level(List<Part> open, int size) {
    Map<BitSet, List<Part>> byScope = new LinkedHashMap<>();
    List<Part> many = new ArrayList<>();
    for (Part part : open) {
      int choices = part.scope().cardinality();
      if (choices < size) {
        close(part);
      } else if (size > 1 && Subsets.count(choices, size) > MOST_SETS) {
        many.add(part);
      } else {
        byScope.computeIfAbsent(part.scope(), _ -> new ArrayList<>()).add(part);
      }
    }
    Mixes mixes = new Mixes();
    byScope
        .keySet()
        .forEach(scope ->
            Subsets.of(
                scope,
                size,
                set -> {
                  if (set.equals(scope)) { // the whole flips all that is asked within it
                    byScope
                        .getOrDefault(scope, List.of())
                        .forEach(p -> p.tried(set, p.piece().traffic()));
                  } else if (choices.permits(set)) {
                    mixes.add(scope, set);
                  }
                }));
    all &=
        mixes.each(
            choices,
            (request, mixed) ->
                byScope
                    .getOrDefault(request.scope(), List.of())
                    .forEach(p -> p.tried(request.set(), mixed.flipped(p.piece()))));
    all &= new Lasting(choices, byScope).keep();
    List<Part> left = new ArrayList<>();
    byScope.values().forEach(parts -> parts.forEach(p -> left.addAll(settled(p))));
    left.addAll(shrunk(many));
    return left;
  }

  /** Notes what was found of a part and gives what is left of it. */
  private List<Part> settled(Part part) {
    for (Part.Split split : part.splits()) {
      if (!split.ways().isEmpty()) {
        found.add(new Flipped(part.asked(), split.traffic(), split.ways()));
      }
    }
    return part.rest();
  }

  private void close(Part part) {
    found.add(new Flipped(part.asked(), part.piece().traffic(), List.of()));
  }

  /** Finds one smallest set for the first part, and takes out all that it flips elsewhere. */
  private List<Part> shrunk(List<Part> many) {
    List<Part> open = many;
    while (!open.isEmpty() && !choices.exhausted()) {
      Part first = open.getFirst();
      TrafficSet reachable = flipped(first.scope(), first.piece());
      if (reachable.isEmpty()) {
        close(first);
        open = open.subList(1, open.size());
        continue;
      }
      Piece piece = first.piece().with(reachable);
      BitSet set = Subsets.shrunk(first.scope(), s -> flipped(s, piece).equals(piece.traffic()));
      open = everySubset(set, open);
    }
    return open;
  }

  /** Tries the subsets of a set, the small ones first, and leaves what none of them flips. */
  private List<Part> everySubset(BitSet set, List<Part> parts) {
    List<Part> open = parts;
    int least =
        set.cardinality() > MOST_IN_SET ? set.cardinality() : Math.min(2, set.cardinality());
    for (int size = least; size <= set.cardinality() && !choices.exhausted(); size++) {
      List<Part> now = open;
      Subsets.of(set, size, subset -> tried(subset, now));
      List<Part> left = new ArrayList<>();
      now.forEach(part -> left.addAll(settled(part)));
      open = left;
    }
    return open;
  }

  private void tried(BitSet set, List<Part> parts) {
    if (choices.permits(set)) {
      Hybrids.Mixed mixed = choices.mixed(set);
      parts.stream()
          .filter(p -> Subsets.covers(p.scope(), set))
          .forEach(p -> p.tried(set, mixed.flipped(p.piece())));
    }
  }

  private TrafficSet flipped(BitSet set, Piece piece) {
    return choices.permits(set) ? choices.mixed(set).flipped(piece) : TrafficSet.NONE;
  }
}
