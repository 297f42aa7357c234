package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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

  /** Traffic with one outcome on each side. */
  private record Change(TrafficSet traffic, Outcome a, Outcome b) {}

  /**
   * The traffic that differs; none where a side is missing somewhere. Spots that differ alike share
   * their traffic.
   */
  static List<Piece> pieces(List<Spot> spots) {
    Map<Reach, Map<Reach, List<Change>>> known = new IdentityHashMap<>();
    List<Piece> out = new ArrayList<>();
    for (Spot spot : spots) {
      if (spot.a.isPresent() && spot.b.isPresent()) {
        known
            .computeIfAbsent(spot.a.get(), _ -> new IdentityHashMap<>())
            .computeIfAbsent(spot.b.get(), b -> changes(spot.a.get(), b))
            .forEach(c -> out.add(new Piece(spot, c.traffic(), c.a(), c.b())));
      }
    }
    return out;
  }

  private static List<Change> changes(Reach a, Reach b) {
    List<Change> out = new ArrayList<>();
    for (Outcome before : Outcome.values()) {
      for (Outcome after : Outcome.values()) {
        TrafficSet traffic = a.with(before).and(b.with(after));
        if (before != after && !traffic.isEmpty()) {
          out.add(new Change(traffic, before, after));
        }
      }
    }
    return out;
  }
}
