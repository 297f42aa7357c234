package io.github.polverdict.snapshot;

import java.util.Arrays;

/**
 * A small memory of texts and rows of keys, so that what recurs in thousands of objects is kept
 * once. Forgets at will; several threads may use one, since a lost entry only costs space.
 */
final class Words {
  private static final int LONGEST = 40;
  private static final int SLOTS = 1 << 12;

  private final String[] texts = new String[SLOTS];
  private final String[][] rows = new String[SLOTS][0];

  Words() {
    Arrays.fill(texts, "");
  }

  /** The same text, perhaps as an object that is known already. */
  String once(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 12) & (SLOTS - 1);
    String known = texts[slot];
    if (text.equals(known)) {
      return known;
    }
    texts[slot] = text;
    return text;
  }

  /** The first texts of a row as an array of their own, perhaps one that is known already. */
  String[] once(String[] row, int size) {
    int hash = size;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + row[i].hashCode();
    }
    int slot = (hash ^ hash >>> 12) & (SLOTS - 1);
    String[] known = rows[slot];
    if (Arrays.equals(known, 0, known.length, row, 0, size)) {
      return known;
    }
    String[] copy = Arrays.copyOf(row, size);
    rows[slot] = copy;
    return copy;
  }
}
