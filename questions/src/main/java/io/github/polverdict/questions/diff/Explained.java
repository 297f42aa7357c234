package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.Spot.Piece;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells calls of Services that differ because a pod behind them does, for the same causes, from
 * those that differ on their own.
 */
final class Explained {
  private final Compared a;
  private final Compared b;
  private final Map<Change, List<Piece>> direct = new HashMap<>();

  /** A change from one source in one family, with what causes it. */
  private record Change(
      Side src, Family family, Outcome a, Outcome b, List<List<Ingredient>> ways) {}

  private Explained(Compared a, Compared b, List<Found> found) {
    this.a = a;
    this.b = b;
    found.forEach(f -> direct.computeIfAbsent(change(f), _ -> new ArrayList<>()).add(f.piece()));
  }

  /** What was found, without calls that a direct flow of the same causes explains. */
  static List<Found> without(List<Found> found, Compared a, Compared b) {
    Explained explained = new Explained(a, b, found);
    return found.stream().filter(f -> !explained.covers(f)).toList();
  }

  private static Change change(Found found) {
    Piece piece = found.piece();
    return new Change(
        piece.spot().src(), piece.spot().family(), piece.a(), piece.b(), found.ways());
  }

  /** Whether a direct flow to a pod behind the Service changed in the same way. */
  private boolean covers(Found call) {
    return call.piece().spot().dst() instanceof Side.Called called
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
