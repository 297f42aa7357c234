package io.github.polverdict.checks;

import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One promise of the house.
 *
 * @param id what the exceptions file calls it
 * @param sentence the promise; what a reader sees first when it is broken
 * @param search finds every place that breaks it
 */
record Rule(String id, String sentence, Function<House, Stream<Violation>> search) {
  @Override
  public String toString() {
    return sentence;
  }
}
