package io.github.polverdict.scenarios.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** A source of choices that a seed determines. */
final class Choices {
  private final SplittableRandom random;

  Choices(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int n) {
    return below(n) == 0;
  }

  @SafeVarargs
  final <T> T of(T... values) {
    return values[below(values.length)];
  }

  <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  /** From {@code least} to {@code most} things. */
  <T> List<T> some(int least, int most, Supplier<T> make) {
    List<T> out = new ArrayList<>();
    int count = least + below(most - least + 1);
    for (int i = 0; i < count; i++) {
      out.add(make.get());
    }
    return out;
  }
}
