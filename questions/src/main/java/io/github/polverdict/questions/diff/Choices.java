package io.github.polverdict.questions.diff;

import java.util.BitSet;

/** What of the second cluster can be taken into the first, by number. */
interface Choices {
  int count();

  /** Those that may matter to a spot. */
  BitSet scope(Spot spot);

  /** Whether a set may be a cause at all. */
  boolean permits(BitSet set);

  /** The first cluster with these of the second. */
  Hybrids.Mixed mixed(BitSet set);

  /** Whether no more clusters may be mixed. */
  boolean exhausted();

  /** All of them. */
  default BitSet all() {
    BitSet out = new BitSet();
    out.set(0, count());
    return out;
  }
}
