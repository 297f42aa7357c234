package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.diff.Spot.Piece;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells calls of Services that differ because a pod behind them does from those that differ on
 * their own.
 */
final class Explained {
  private final Compared a;
  private final Compared b;
  private final Map<Change, List<Piece>> direct = new HashMap<>();

  /** A change from one source in one family. */
  private record Change(Side src, Family family, Outcome a, Outcome b) {}

  Explained(Compared a, Compared b, List<Piece> pieces) {
    this.a = a;
    this.b = b;
    pieces.forEach(p -> direct.computeIfAbsent(change(p), _ -> new ArrayList<>()).add(p));
  }

  private static Change change(Piece piece) {
    return new Change(piece.spot().src(), piece.spot().family(), piece.a(), piece.b());
  }

  /** Whether a direct flow to a pod behind the Service changed in the same way. */
  boolean covers(Piece call) {
    return call.spot().dst() instanceof Side.Called called
        && direct.getOrDefault(change(call), List.of()).stream().anyMatch(p -> behind(called, p));
  }

  private boolean behind(Side.Called called, Piece piece) {
    return piece.spot().dst() instanceof Side.Inside(String name)
        && (leads(a, called, name, piece) || leads(b, called, name, piece));
  }

  private static boolean leads(Compared bench, Side.Called called, String name, Piece piece) {
    Protocol protocol = called.protocol();
    return piece.traffic().numbers(protocol).ranges().stream()
        .anyMatch(r -> bench.leadsTo(called, name, r[0], r[1]));
  }
}
