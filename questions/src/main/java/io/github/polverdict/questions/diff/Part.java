package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.diff.Spot.Piece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A piece while its causes are sought: its traffic by the sets of inputs that flip it. */
final class Part {
  private final Piece piece;
  private final BitSet scope;
  private List<Split> splits;

  /** Traffic that the same sets flip. */
  record Split(TrafficSet traffic, List<BitSet> ways) {}

  /**
   * A piece for which no set was tried.
   *
   * @param scope the inputs that may matter to it
   */
  Part(Piece piece, BitSet scope) {
    this.piece = piece;
    this.scope = scope;
    this.splits = List.of(new Split(piece.traffic(), List.of()));
  }

  Piece piece() {
    return piece;
  }

  BitSet scope() {
    return scope;
  }

  List<Split> splits() {
    return splits;
  }

  /** Notes that a set flips some of the traffic. */
  void tried(BitSet set, TrafficSet flipped) {
    if (flipped.isEmpty()) {
      return;
    }
    List<Split> next = new ArrayList<>();
    for (Split split : splits) {
      boolean whole = flipped == split.traffic();
      TrafficSet in = whole ? flipped : split.traffic().and(flipped);
      TrafficSet rest = whole ? TrafficSet.NONE : split.traffic().minus(flipped);
      if (!in.isEmpty()) {
        List<BitSet> ways = new ArrayList<>(split.ways());
        ways.add(set);
        next.add(new Split(in, ways));
      }
      if (!rest.isEmpty()) {
        next.add(new Split(rest, split.ways()));
      }
    }
    splits = next;
  }

  /** What no set has flipped yet, as a part of its own; none when there is no such traffic. */
  List<Part> rest() {
    return splits.stream()
        .filter(s -> s.ways().isEmpty())
        .map(s -> s.traffic() == piece.traffic() ? this : new Part(piece.with(s.traffic()), scope))
        .toList();
  }
}
