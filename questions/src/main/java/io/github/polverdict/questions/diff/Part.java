package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.diff.Spot.Piece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A piece while its causes are sought: its traffic by the sets of inputs that flip it. */
final class Part {
  private final Piece asked;
  private final Piece piece;
  private final BitSet scope;
  private List<Split> splits;

  /** Traffic that the same sets flip. */
  record Split(TrafficSet traffic, List<BitSet> ways) {}

  /**
   * A piece for which no set was tried.
   *
   * @param scope the choices that may matter to it
   */
  Part(Piece piece, BitSet scope) {
    this(piece, piece, scope);
  }

  private Part(Piece asked, Piece piece, BitSet scope) {
    this.asked = asked;
    this.piece = piece;
    this.scope = scope;
    this.splits = List.of(new Split(piece.traffic(), List.of()));
  }

  /** Some of the traffic, for which no set was tried. */
  Part with(TrafficSet traffic, BitSet within) {
    return new Part(asked, piece.with(traffic), within);
  }

  /** The piece of which this is a part. */
  Piece asked() {
    return asked;
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

  /** Takes back that a set flips some of the traffic. */
  void undone(BitSet set, TrafficSet traffic) {
    List<Split> next = new ArrayList<>();
    for (Split split : splits) {
      TrafficSet in = split.ways().contains(set) ? split.traffic().and(traffic) : TrafficSet.NONE;
      TrafficSet rest = in.isEmpty() ? split.traffic() : split.traffic().minus(in);
      if (!in.isEmpty()) {
        next.add(new Split(in, split.ways().stream().filter(w -> !w.equals(set)).toList()));
      }
      if (!rest.isEmpty()) {
        next.add(new Split(rest, split.ways()));
      }
    }
    splits = next;
  }

  /** What no set has flipped yet, as parts of their own; none when there is no such traffic. */
  List<Part> rest() {
    return splits.stream()
        .filter(s -> s.ways().isEmpty())
        .map(s -> s.traffic() == piece.traffic() ? this : with(s.traffic(), scope))
        .toList();
  }
}
