package io.github.polverdict.questions.verify.choice;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/** An order that only its seed decides (Fisher and Yates). */
final class Shuffle {
  private Shuffle() {}

  /** Puts a list in such an order. */
  static void of(List<?> list, Random seeded) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, seeded.nextInt(i + 1));
    }
  }
}
