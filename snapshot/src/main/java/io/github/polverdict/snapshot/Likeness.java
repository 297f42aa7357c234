package io.github.polverdict.snapshot;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Which known word a mistyped one is most like. */
public final class Likeness {
  private Likeness() {}

  /**
   * The known word that takes the fewest changes of a letter; none when it takes more than a third
   * of the letters.
   */
  public static Optional<String> closest(String word, Set<String> known) {
    Comparator<String> byChanges = Comparator.comparingInt(k -> changes(word, k));
    return known.stream()
        .filter(k -> changes(word, k) <= Math.max(1, word.length() / 3))
        .min(byChanges.thenComparing(Comparator.naturalOrder()));
  }

  /** Letters inserted, removed, replaced or swapped with their neighbour; case does not count. */
  static int changes(String a, String b) {
    String from = a.toLowerCase(java.util.Locale.ROOT);
    String to = b.toLowerCase(java.util.Locale.ROOT);
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[from.length()][to.length()];
  }
}
