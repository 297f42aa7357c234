package io.github.polverdict.questions.table;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Splits the pods of one workload when somebody treats them differently. */
public final class Alike {
  private Alike() {}

  /** What one endpoint may exchange with another, in the direction that is looked at. */
  public interface Towards {
    Reach reach(Endpoint one, Endpoint other);
  }

  /**
   * The endpoints as a whole when all of them have the same results with the others; else each on
   * its own.
   */
  public static List<List<Endpoint>> split(List<Endpoint> some, List<Endpoint> others, Towards towards) {
    if (some.size() == 1) {
      return List.of(some);
    }
    Set<List<Reach>> seen = new HashSet<>();
    for (Endpoint one : some) {
      List<Reach> row = new ArrayList<>(others.size());
      others.forEach(other -> row.add(towards.reach(one, other)));
      seen.add(row);
    }
    return seen.size() == 1 ? List.of(some) : some.stream().map(List::of).toList();
  }

  /** The whole workload, or the pod that stands for itself. */
  public static Party name(List<Endpoint> some, List<Endpoint> all) {
    return some.size() == all.size() ? Party.shown(all.getFirst()) : Party.single(some.getFirst());
  }
}
