package io.github.polverdict.questions.diff;

import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorts changes under few causes: under the set of inputs that explains most of them, then under
 * the one that explains most of the rest, and so on.
 */
final class Cover {
  private Cover() {}

  /**
   * Changes under one heading.
   *
   * @param causes each enough for all of the changes, or all together
   */
  record Topic(
      List<Ingredient> causes, boolean eachAlone, List<Too> others, List<Change> changes) {}

  /** Inputs that together are enough as well, for so many of the changes. */
  record Too(List<Ingredient> inputs, int changes) {}

  /** The topics of changes that are given by all their ways. */
  static List<Topic> of(Map<List<List<Ingredient>>, List<Change>> byWays) {
    Map<List<List<Ingredient>>, List<Change>> left = new LinkedHashMap<>(byWays);
    List<Topic> out = new ArrayList<>();
    List<Change> unexplained = left.remove(List.<List<Ingredient>>of());
    while (!left.isEmpty()) {
      List<Ingredient> best = best(left);
      Map<List<List<Ingredient>>, List<Change>> under = new LinkedHashMap<>(left);
      under.keySet().removeIf(ways -> !ways.contains(best));
      left.keySet().removeAll(under.keySet());
      out.add(topic(best, under));
    }
    if (unexplained != null) {
      out.add(new Topic(List.of(), false, List.of(), unexplained));
    }
    return out;
  }

  private static List<Ingredient> best(Map<List<List<Ingredient>>, List<Change>> left) {
    Map<List<Ingredient>, Integer> weight = new HashMap<>();
    left.forEach(
        (ways, changes) -> ways.forEach(w -> weight.merge(w, changes.size(), Integer::sum)));
    return weight.entrySet().stream()
        .min(
            Comparator.comparing((Map.Entry<List<Ingredient>, Integer> e) -> -e.getValue())
                .thenComparing(e -> e.getKey().size())
                .thenComparing(e -> e.getKey().toString()))
        .orElseThrow()
        .getKey();
  }

  private static Topic topic(
      List<Ingredient> best, Map<List<List<Ingredient>>, List<Change>> under) {
    List<Change> changes = under.values().stream().flatMap(List::stream).toList();
    Map<List<Ingredient>, Integer> others = new LinkedHashMap<>();
    under.forEach((ways, some) ->
        ways.stream()
            .filter(w -> !w.equals(best))
            .forEach(w -> others.merge(w, some.size(), Integer::sum)));
    List<Ingredient> causes = new ArrayList<>(best);
    if (best.size() == 1) { // what is enough alone for each of them is as good a heading
      others
          .entrySet()
          .removeIf(o -> {
            boolean same = o.getKey().size() == 1 && o.getValue() == changes.size();
            return same && causes.addAll(o.getKey());
          });
      causes.sort(Comparator.naturalOrder());
    }
    List<Too> rest = new ArrayList<>();
    others.forEach((inputs, count) -> rest.add(new Too(inputs, count)));
    rest.sort(
        Comparator.comparing((Too o) -> -o.changes()).thenComparing(o -> o.inputs().toString()));
    return new Topic(causes, best.size() == 1, rest, changes);
  }
}
