package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.Spot.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds which inputs of the second cluster make the first behave like it: each input alone, then
 * for what is left the smallest set that does it, found by halving (QuickXplain, Junker 2004).
 */
final class Causes {
  /** With more inputs than this, each one alone would use up the hybrids. */
  private static final int MOST_SINGLES = Hybrids.MOST * 3 / 4;

  private final Hybrids hybrids;
  private final List<Ingredient> inputs;
  private final List<Found> found = new ArrayList<>();

  /**
   * Traffic and what causes its difference.
   *
   * @param inputs none when nothing was found
   * @param eachAlone whether any of them is enough
   */
  record Found(Piece piece, List<Ingredient> inputs, boolean eachAlone) {}

  Causes(Hybrids hybrids, List<Ingredient> inputs, List<Piece> pieces) {
    this.hybrids = hybrids;
    this.inputs = inputs;
    List<Piece> open = inputs.size() <= MOST_SINGLES ? singles(pieces) : pieces;
    while (!open.isEmpty() && !hybrids.exhausted()) {
      open = next(open);
    }
    open.forEach(piece -> found.add(new Found(piece, List.of(), false)));
  }

  List<Found> all() {
    return found;
  }

  /** A piece and the inputs that flip it, each alone. */
  private record Part(Piece piece, List<Ingredient> flippers) {}

  /** Tries each input alone on all pieces; what none of them flips is left. */
  private List<Piece> singles(List<Piece> pieces) {
    List<Part> parts = new ArrayList<>(pieces.stream().map(p -> new Part(p, List.of())).toList());
    for (Ingredient input : inputs) {
      List<Part> next = new ArrayList<>();
      for (Part part : parts) {
        split(part, input, next);
      }
      parts = next;
    }
    List<Piece> open = new ArrayList<>();
    for (Part part : parts) {
      if (part.flippers().isEmpty()) {
        open.add(part.piece());
      } else {
        found.add(new Found(part.piece(), part.flippers(), true));
      }
    }
    return open;
  }

  private void split(Part part, Ingredient input, List<Part> out) {
    Piece piece = part.piece();
    TrafficSet flipped = hybrids.flipped(Set.of(input), piece);
    TrafficSet rest = piece.traffic().minus(flipped);
    if (!flipped.isEmpty()) {
      List<Ingredient> flippers = new ArrayList<>(part.flippers());
      flippers.add(input);
      out.add(new Part(piece.with(flipped), flippers));
    }
    if (!rest.isEmpty()) {
      out.add(new Part(piece.with(rest), part.flippers()));
    }
  }

  /** Finds the smallest set for the first piece and takes out all that it flips. */
  private List<Piece> next(List<Piece> open) {
    Piece first = open.getFirst();
    Set<Ingredient> all = new HashSet<>(inputs);
    TrafficSet reachable = inputs.isEmpty() ? TrafficSet.NONE : hybrids.flipped(all, first);
    if (reachable.isEmpty()) {
      found.add(new Found(first, List.of(), false));
      return open.subList(1, open.size());
    }
    Set<Ingredient> smallest = smallest(Set.of(), false, inputs, first.with(reachable));
    if (hybrids.exhausted()) {
      return open;
    }
    List<Ingredient> together = List.copyOf(new TreeSet<>(smallest));
    List<Piece> left = new ArrayList<>();
    for (Piece piece : open) {
      TrafficSet flipped = hybrids.flipped(smallest, piece);
      TrafficSet rest = piece.traffic().minus(flipped);
      if (!flipped.isEmpty()) {
        found.add(new Found(piece.with(flipped), together, together.size() == 1));
      }
      if (!rest.isEmpty()) {
        left.add(piece.with(rest));
      }
    }
    return left;
  }

  /**
   * The candidates that are needed beside the given ones.
   *
   * @param grew whether the given ones have changed since they were last tried
   */
  private Set<Ingredient> smallest(
      Set<Ingredient> given, boolean grew, List<Ingredient> candidates, Piece piece) {
    if (hybrids.exhausted() || (grew && flips(given, piece))) {
      return Set.of();
    }
    if (candidates.size() == 1) {
      return Set.of(candidates.getFirst());
    }
    int half = candidates.size() / 2;
    List<Ingredient> left = candidates.subList(0, half);
    List<Ingredient> right = candidates.subList(half, candidates.size());
    Set<Ingredient> ofRight = smallest(with(given, left), true, right, piece);
    Set<Ingredient> ofLeft = smallest(with(given, ofRight), !ofRight.isEmpty(), left, piece);
    return with(ofLeft, ofRight);
  }

  private static Set<Ingredient> with(Set<Ingredient> some, Iterable<Ingredient> more) {
    Set<Ingredient> out = new HashSet<>(some);
    more.forEach(out::add);
    return out;
  }

  private boolean flips(Set<Ingredient> fromB, Piece piece) {
    return hybrids.flipped(fromB, piece).equals(piece.traffic());
  }
}
