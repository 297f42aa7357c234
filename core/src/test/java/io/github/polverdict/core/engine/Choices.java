package io.github.polverdict.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A source of choices: a seed's, or all there are, one after the other. */
interface Choices {

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound);

  default boolean oneIn(int n) {
    return below(n) == 0;
  }

  default <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  /** The choices that a seed determines. */
  static Choices seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random::nextInt;
  }

  /** Runs the body once for each sequence of choices that it can be given. */
  static void exhaust(Consumer<Choices> body) {
    List<int[]> path = new ArrayList<>(); // {chosen, bound} for each choice of the last run
    do {
      int[] depth = {0};
      body.accept(bound -> {
        if (depth[0] == path.size()) {
          path.add(new int[] {0, bound});
        }
        return path.get(depth[0]++)[0];
      });
      while (!path.isEmpty() && path.getLast()[0] + 1 == path.getLast()[1]) {
        path.removeLast();
      }
      if (!path.isEmpty()) {
        path.getLast()[0]++;
      }
    } while (!path.isEmpty());
  }
}
