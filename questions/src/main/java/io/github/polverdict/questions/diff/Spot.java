package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pair of sides that differs.
 *
 * @param a empty when the first cluster does not have both sides
 */
record Spot(Side src, Side dst, Family family, Optional<Reach> a, Optional<Reach> b) {

  /** Traffic of a spot with one outcome on each side. */
  record Piece(Spot spot, TrafficSet traffic, Outcome a, Outcome b) {
    Piece with(TrafficSet part) {
      return new Piece(spot, part, a, b);
    }
  }

  /** The traffic that differs; none when a side is missing somewhere. */
  List<Piece> pieces() {
    List<Piece> out = new ArrayList<>();
    if (a.isPresent() && b.isPresent()) {
      for (Outcome before : Outcome.values()) {
        for (Outcome after : Outcome.values()) {
          TrafficSet traffic = a.get().with(before).and(b.get().with(after));
          if (before != after && !traffic.isEmpty()) {
            out.add(new Piece(this, traffic, before, after));
          }
        }
      }
    }
    return out;
  }
}
