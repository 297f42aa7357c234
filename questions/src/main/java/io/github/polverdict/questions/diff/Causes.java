package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.Spot.Piece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the smallest sets of inputs of the second cluster that make the first behave like it. Sets
 * are tried by size, so that no smaller one does it; for a flow that very many inputs may matter to
 * one set is shrunk instead (Zeller and Hildebrandt 2002, ddmin), and each of its subsets tried.
 */
final class Causes {
  /** With more sets of a size than this, one that does it is shrunk. */
  private static final int MOST_SETS = 64;

  /** A shrunk set of more inputs than this is told without trying each of its subsets. */
  private static final int MOST_IN_SET = 6;

  private final Hybrids hybrids;
  private final Scopes scopes;
  private final List<Ingredient> inputs;
  private final List<Found> found = new ArrayList<>();
  private boolean all = true;

  /**
   * Traffic and what causes its difference.
   *
   * @param ways the smallest sets that make the difference, each enough; none when none was found
   */
  record Found(Piece piece, List<List<Ingredient>> ways) {}

  Causes(Hybrids hybrids, Scopes scopes, List<Piece> pieces) {
    this.hybrids = hybrids;
    this.scopes = scopes;
    this.inputs = scopes.inputs();
    List<Part> open = pieces.stream().map(p -> new Part(p, scopes.of(p.spot()))).toList();
    for (int size = 1; !open.isEmpty() && !hybrids.exhausted(); size++) {
      open = level(open, size);
    }
    all &= open.isEmpty();
    open.forEach(this::close);
  }

  List<Found> found() {
    return found;
  }

  /** Whether nothing was left for want of tries. */
  boolean all() {
    return all;
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
    byScope.keySet().forEach(scope -> Subsets.of(scope, size, set -> mixes.add(scope, set)));
    boolean complete = true;
    for (Mixes.Mix mix : mixes.all()) {
      complete &= !hybrids.exhausted();
      if (complete) {
        tried(mix, byScope);
      }
    }
    all &= complete;
    List<Part> left = new ArrayList<>();
    byScope.values().forEach(parts -> parts.forEach(p -> left.addAll(settled(p))));
    left.addAll(shrunk(many));
    return left;
  }

  private void tried(Mixes.Mix mix, Map<BitSet, List<Part>> byScope) {
    Hybrids.Mixed mixed = hybrids.mixed(ingredients(mix.fromB()));
    for (Mixes.Request request : mix.requests()) {
      for (Part part : byScope.getOrDefault(request.scope(), List.of())) {
        part.tried(request.set(), mixed.flipped(part.piece()));
      }
    }
  }

  /** Notes what was found of a part and gives what is left of it. */
  private List<Part> settled(Part part) {
    for (Part.Split split : part.splits()) {
      if (!split.ways().isEmpty()) {
        List<List<Ingredient>> ways =
            split.ways().stream().map(w -> List.copyOf(ingredients(w))).toList();
        found.add(new Found(part.piece().with(split.traffic()), ways));
      }
    }
    return part.rest();
  }

  private void close(Part part) {
    found.add(new Found(part.piece(), List.of()));
  }

  /** Finds one smallest set for the first part, and takes out all that it flips elsewhere. */
  private List<Part> shrunk(List<Part> many) {
    List<Part> open = many;
    while (!open.isEmpty() && !hybrids.exhausted()) {
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
    for (int size = least; size <= set.cardinality() && !hybrids.exhausted(); size++) {
      List<Part> now = open;
      Subsets.of(set, size, subset -> tried(subset, now));
      List<Part> left = new ArrayList<>();
      now.forEach(part -> left.addAll(settled(part)));
      open = left;
    }
    return open;
  }

  private void tried(BitSet set, List<Part> parts) {
    Hybrids.Mixed mixed = hybrids.mixed(ingredients(set));
    parts.stream()
        .filter(p -> scopes.covers(p.scope(), set))
        .forEach(p -> p.tried(set, mixed.flipped(p.piece())));
  }

  private TrafficSet flipped(BitSet set, Piece piece) {
    return hybrids.mixed(ingredients(set)).flipped(piece);
  }

  private Set<Ingredient> ingredients(BitSet set) {
    Set<Ingredient> out = new LinkedHashSet<>();
    set.stream().forEach(i -> out.add(inputs.get(i)));
    return out;
  }
}
