package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the pairs that differ between two benches. */
final class Spots {
  private final Compared a;
  private final Compared b;
  private final List<Spot> found = new ArrayList<>();

  private Spots(Compared a, Compared b) {
    this.a = a;
    this.b = b;
  }

  /** Pairs inside of the cluster first; everything in the order of names and addresses. */
  static List<Spot> of(Compared a, Compared b) {
    Spots spots = new Spots(a, b);
    Set<Family> families = EnumSet.copyOf(a.bench().families());
    families.addAll(b.bench().families());
    families.forEach(f -> Side.pairs(List.of(a, b), f, (src, dst) -> spots.look(src, dst, f)));
    return spots.found;
  }

  /** Calls of Services that both have and that differ. */
  static List<Spot> calls(Compared a, Compared b) {
    Spots spots = new Spots(a, b);
    Set<Family> families = EnumSet.copyOf(a.bench().families());
    families.retainAll(b.bench().families());
    families.forEach(f -> {
      Side.calls(List.of(a, b), (src, dst) -> spots.look(src, dst, f));
      Side.callsFromOutside(List.of(a, b), f, (src, dst) -> spots.look(src, dst, f));
    });
    return spots.found.stream().filter(s -> s.a().isPresent() && s.b().isPresent()).toList();
  }

  private void look(Side src, Side dst, Family family) {
    Optional<Reach> before = a.reach(src, dst, family);
    Optional<Reach> after = b.reach(src, dst, family);
    boolean alone = src.equals(dst) && (before.isEmpty() || after.isEmpty());
    if (!alone && !before.equals(after) && (something(before) || something(after))) {
      found.add(new Spot(src, dst, family, before, after));
    }
  }

  /** A pair that one side lacks only matters if the other lets something through. */
  private boolean something(Optional<Reach> reach) {
    return reach.isPresent() && !reach.get().equals(Reach.NOTHING);
  }
}
