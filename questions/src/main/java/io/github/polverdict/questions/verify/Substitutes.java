package io.github.polverdict.questions.verify;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.verify.Alternative.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what must be otherwise for packets to do what they did: an alternative under which a
 * contradicted flow comes out as it was seen, and under which nothing that was confirmed is
 * contradicted.
 */
final class Substitutes {
  private final List<Alternative> alternatives;
  private final List<Compared> decided;
  private final Map<Alternative, Set<Compared>> resolved = new HashMap<>();

  Substitutes(List<Alternative> alternatives, List<Compared> all) {
    this.alternatives = alternatives;
    this.decided = all.stream().filter(Compared::decided).toList();
  }

  /** Those of a sort that explain a contradiction, whichever explains most contradictions first. */
  List<Alternative> explaining(Compared contradiction, Sort sort) {
    List<Alternative> out = new ArrayList<>();
    for (Alternative one : alternatives) {
      if (one.sort() == sort && resolvedBy(one).contains(contradiction)) {
        out.add(one);
      }
    }
    out.sort(Comparator.comparing(a -> -resolvedBy(a).size()));
    return out;
  }

  /** The contradictions that an alternative resolves; none when it makes another one. */
  Set<Compared> resolvedBy(Alternative alternative) {
    return resolved.computeIfAbsent(alternative, this::judged);
  }

  private Set<Compared> judged(Alternative alternative) {
    Judge judge = alternative.judge().get();
    Set<Compared> out = new HashSet<>();
    for (Compared one : decided) {
      Outcome otherwise = judge.judge(one.trial().flow()).outcome();
      boolean asSeen = one.saw(otherwise);
      if (one.contradicted() && asSeen) {
        out.add(one);
      } else if (!one.contradicted() && !asSeen && otherwise != Outcome.UNKNOWN) {
        return Set.of();
      }
    }
    return out;
  }
}
