package io.github.polverdict.questions.diff;

import java.util.BitSet;
import java.util.List;

/** What of the second cluster can be taken into the first, by number. */
interface Choices {
  int count();

  /** Those that may matter to a spot. */
  BitSet scope(Spot spot);

  /** Whether a set may be a cause at all. */
  boolean permits(BitSet set);

  /** What to mix for a set. */
  Hybrids.Recipe recipe(BitSet set);

  Hybrids hybrids();

  /** The first cluster with these of the second. */
  default Hybrids.Mixed mixed(BitSet set) {
    return hybrids().mixed(List.of(recipe(set))).getFirst();
  }

  /** Whether no more clusters may be mixed. */
  default boolean exhausted() {
    return hybrids().exhausted();
  }

  /** All of them. */
  default BitSet all() {
    BitSet out = new BitSet();
    out.set(0, count());
    return out;
  }
}
