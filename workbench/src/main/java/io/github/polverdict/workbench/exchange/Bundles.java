package io.github.polverdict.workbench.exchange;

import io.github.polverdict.questions.Exchange.Described;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pods of one namespace that stand for themselves and differ in the same way: one input, called
 * after the first of them.
 */
final class Bundles {
  private final Map<Sort, Ingredient> firsts = new HashMap<>();
  private final Map<Ingredient, Ingredient> firstOf = new HashMap<>();
  private final Map<Ingredient, Integer> sizes = new HashMap<>();

  /** What pods of a bundle have in common. */
  private record Sort(String namespace, String inA, String inB) {}

  static boolean isBarePod(Ingredient input) {
    return input.kind() == Kind.WORKLOAD && input.name().endsWith("[Pod]");
  }

  /**
   * The input that a pod goes with.
   *
   * @param inA what the first says of it, as far as verdicts can depend on it
   */
  Ingredient first(Ingredient pod, String inA, String inB) {
    String namespace = pod.name().substring(0, pod.name().indexOf('/'));
    Ingredient first = firsts.computeIfAbsent(new Sort(namespace, inA, inB), _ -> pod);
    firstOf.put(pod, first);
    sizes.merge(first, 1, Integer::sum);
    return first;
  }

  /** The input that a part belongs to: most are one of their own. */
  Ingredient of(Ingredient part) {
    return firstOf.getOrDefault(part, part);
  }

  /** The description of an input, with how many pods it is about. */
  Described described(Described one, Ingredient input) {
    int others = sizes.getOrDefault(input, 1) - 1;
    if (others == 0) {
      return one;
    }
    List<Difference> differences = new ArrayList<>(one.differences());
    differences.add(
        new Difference(
            "and " + others + " more pods in the same way", Optional.empty(), Optional.empty()));
    return new Described(
        one.inA(),
        one.inB(),
        one.originA(),
        one.originB(),
        differences,
        one.remedy().map(r -> r + "  # and the others alike"));
  }
}
