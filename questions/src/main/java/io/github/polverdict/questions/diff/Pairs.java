package io.github.polverdict.questions.diff;

import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.diff.DiffAnswer.Absent;
import io.github.polverdict.questions.diff.DiffAnswer.Pair;
import io.github.polverdict.questions.diff.DiffAnswer.Which;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Entry;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells spots as pairs of parties: outside neighbours with the same difference are one. */
final class Pairs {
  private Pairs() {}

  /** What two spots must have in common to be told as one. */
  private record Both(Reach a, Reach b) {}

  static List<Pair> of(List<Spot> spots, Compared a, Compared b) {
    List<Entry<Both>> entries = new ArrayList<>();
    for (Spot spot : spots) {
      Both both = new Both(spot.a().orElse(Reach.NOTHING), spot.b().orElse(Reach.NOTHING));
      entries.add(new Entry<>(spot.src(), spot.dst(), Optional.of(spot.family()), both));
    }
    List<Pair> out = new ArrayList<>();
    for (Entry<Both> entry : Entry.acrossFamilies(Entry.merged(entries), families(a, b))) {
      out.add(
          new Pair(
              entry.src().party(List.of(a, b)),
              entry.dst().party(List.of(a, b)),
              entry.what().a(),
              entry.what().b(),
              absent(entry, a, b),
              entry.family()));
    }
    out.sort(Comparator.comparing(Pair::src).thenComparing(Pair::dst));
    return out;
  }

  static int families(Compared a, Compared b) {
    return Math.max(a.bench().families().size(), b.bench().families().size());
  }

  private static List<Absent> absent(Entry<Both> entry, Compared a, Compared b) {
    List<Absent> out = new ArrayList<>();
    for (Side side : List.of(entry.src(), entry.dst())) {
      if (a.members(side).isEmpty()) {
        out.add(new Absent(side.party(List.of(a, b)).name(), Which.A));
      } else if (b.members(side).isEmpty()) {
        out.add(new Absent(side.party(List.of(a, b)).name(), Which.B));
      }
    }
    return out;
  }
}
