package io.github.polverdict.core.engine;

import java.util.List;
import java.util.SplittableRandom;

/** A source of choices that a seed determines. */
final class Choices {
  private final SplittableRandom random;

  Choices(long seed) {
    random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int n) {
    return below(n) == 0;
  }

  <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }
}
