package io.github.polverdict.checks.offenders.core.kernel;

import java.util.Random;

/** Has a random source without a seed, and one with a seed. */
final class RollsDice {
  int roll() {
    return new Random().nextInt() + new Random(1).nextInt();
  }
}
