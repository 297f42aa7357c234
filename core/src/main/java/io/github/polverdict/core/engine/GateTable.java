package io.github.polverdict.core.engine;

import java.util.BitSet;
import java.util.List;

/**
 * What one gate does with each class of peers: the number of a pattern, in one or two bytes a
 * class.
 */
final class GateTable {
  private final int[] patterns;
  private final byte[] few;
  private final char[] many;

  private GateTable(int[] patterns, byte[] few, char[] many) {
    this.patterns = patterns;
    this.few = few;
    this.many = many;
  }

  /** The same for every peer. */
  static GateTable uniform(int pattern) {
    return new GateTable(new int[] {pattern}, new byte[0], new char[0]);
  }

  /** One pattern for each of some sets of peers, which together are all. */
  static GateTable of(List<BitSet> peers, int[] patterns, int classes) {
    if (patterns.length == 1) {
      return uniform(patterns[0]);
    }
    boolean narrow = patterns.length <= 256;
    byte[] few = new byte[narrow ? classes : 0];
    char[] many = new char[narrow ? 0 : classes];
    for (int i = 0; i < patterns.length; i++) {
      BitSet some = peers.get(i);
      for (int c = some.nextSetBit(0); c >= 0; c = some.nextSetBit(c + 1)) {
        if (narrow) {
          few[c] = (byte) i;
        } else {
          many[c] = (char) i;
        }
      }
    }
    return new GateTable(patterns, few, many);
  }

  int at(int peer) {
    if (few.length > 0) {
      return patterns[few[peer] & 255];
    }
    return patterns[many.length > 0 ? many[peer] : 0];
  }
}
