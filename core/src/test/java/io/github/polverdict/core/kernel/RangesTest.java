package io.github.polverdict.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangesTest {
  private static final int LAST = 20;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  private record Both(Ranges ranges, BitSet bits) {}

  /** The same numbers as ranges and, bit by bit, as the definition has it. */
  private Both some() {
    Ranges ranges = Ranges.NONE;
    BitSet bits = new BitSet();
    for (int i = random.nextInt(5); i > 0; i--) {
      int first = random.nextInt(LAST + 1);
      int last = first + random.nextInt(LAST + 1 - first);
      ranges = ranges.or(Ranges.of(first, last));
      bits.set(first, last + 1);
    }
    return new Both(ranges, bits);
  }

  private void same(Ranges ranges, BitSet bits) {
    for (int n = 0; n <= LAST + 1; n++) {
      assertThat(ranges.contains(n))
          .as("%d in %s, seed %d", n, ranges, seed)
          .isEqualTo(bits.get(n));
    }
    Ranges anew = Ranges.NONE;
    for (int n = bits.nextSetBit(0); n >= 0; n = bits.nextSetBit(n + 1)) {
      anew = anew.or(Ranges.of(n, n));
    }
    assertThat(ranges).as("seed %d", seed).isEqualTo(anew).hasToString(anew.toString());
  }

  @Test
  void unionsIntersectionsAndGapsAreThoseOfTheirNumbers() {
    for (int i = 0; i < 2000; i++) {
      Both a = some();
      Both b = some();
      BitSet or = (BitSet) a.bits().clone();
      or.or(b.bits());
      same(a.ranges().or(b.ranges()), or);
      BitSet and = (BitSet) a.bits().clone();
      and.and(b.bits());
      same(a.ranges().and(b.ranges()), and);
      int first = random.nextInt(LAST);
      BitSet gaps = (BitSet) a.bits().clone();
      gaps.flip(0, LAST + 1);
      gaps.clear(0, first);
      same(a.ranges().gaps(first, LAST), gaps);
    }
  }

  @Test
  void neighboursJoinAndTheTextIsShort() {
    assertThat(Ranges.of(80, 80).or(Ranges.of(81, 90)).or(Ranges.of(443, 443)))
        .hasToString("80-90,443");
  }

  @Test
  void numbersThatAreNoPortsAreRefused() {
    assertThatThrownBy(() -> Ranges.of(1, 65536)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Ranges.of(9, 8).isEmpty()).isTrue();
  }
}
