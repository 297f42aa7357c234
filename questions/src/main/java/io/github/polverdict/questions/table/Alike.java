package io.github.polverdict.questions.table;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import java.util.List;

/** Splits the pods of one workload when somebody treats them differently. */
public final class Alike {
  private Alike() {}

  /**
   * What one endpoint may exchange with another, in the direction that is looked at; one object for
   * equal results.
   */
  public interface Towards {
    Reach reach(Endpoint one, Endpoint other);
  }

  /**
   * The endpoints as a whole when all of them have the same results with the others; else each on
   * its own.
   */
  public static List<List<Endpoint>> split(
      List<Endpoint> some, List<Endpoint> others, Towards towards) {
    if (some.size() == 1) {
      return List.of(some);
    }
    Endpoint first = some.getFirst();
    for (Endpoint other : others) {
      Reach expected = towards.reach(first, other);
      for (Endpoint one : some) {
        if (towards.reach(one, other) != expected) {
          return some.stream().map(List::of).toList();
        }
      }
    }
    return List.of(some);
  }

  /** The whole workload, or the pod that stands for itself. */
  public static Party name(List<Endpoint> some, List<Endpoint> all) {
    return some.size() == all.size() ? Party.shown(all.getFirst()) : Party.single(some.getFirst());
  }
}
