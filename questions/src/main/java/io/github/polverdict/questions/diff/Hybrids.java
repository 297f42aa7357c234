package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.table.Compared;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Clusters mixed from two, at most so many; the last few are kept. */
final class Hybrids {
  /** Each one is compiled and judged as a whole, so their number bounds the time. */
  static final int MOST = 200;

  private final Exchange exchange;
  private final boolean nodes;
  private final Map<Reach, Reach> known;
  private final Map<Set<Ingredient>, Compared> recent = new HashMap<>();
  private int made;

  Hybrids(Exchange exchange, boolean nodes, Map<Reach, Reach> known) {
    this.exchange = exchange;
    this.nodes = nodes;
    this.known = known;
  }

  boolean exhausted() {
    return made >= MOST;
  }

  int made() {
    return made;
  }

  /** The part of the piece's traffic that comes out as in the second cluster. */
  TrafficSet flipped(Set<Ingredient> fromB, Spot.Piece piece) {
    Spot spot = piece.spot();
    return mixed(fromB)
        .reach(spot.src(), spot.dst(), spot.family())
        .map(r -> r.with(piece.b()).and(piece.traffic()))
        .orElse(TrafficSet.NONE);
  }

  private Compared mixed(Set<Ingredient> fromB) {
    Compared before = recent.get(fromB);
    if (before != null) {
      return before;
    }
    if (recent.size() > 8) {
      recent.clear();
    }
    made++;
    Compared mixed = new Compared(exchange.mixed(fromB), nodes, known);
    recent.put(Set.copyOf(fromB), mixed);
    return mixed;
  }
}
