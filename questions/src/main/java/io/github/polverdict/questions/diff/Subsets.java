package io.github.polverdict.questions.diff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Subsets of a set of numbers. */
final class Subsets {
  private Subsets() {}

  /** How many subsets of a size there are; at least 1,000 counts as 1,000. */
  static int count(int of, int size) {
    long out = 1;
    for (int i = 0; i < size && out < 1_000; i++) {
      out = out * (of - i) / (i + 1);
    }
    return (int) Math.min(out, 1_000);
  }

  /** Whether a set has every number of another. */
  static boolean covers(BitSet whole, BitSet part) {
    return without(part, whole).isEmpty();
  }

  /** The numbers of a set that another does not have. */
  static BitSet without(BitSet set, BitSet gone) {
    BitSet out = (BitSet) set.clone();
    out.andNot(gone);
    return out;
  }

  /** Every subset of a size, in the order of its smallest numbers. */
  static void of(BitSet set, int size, Consumer<BitSet> each) {
    choose(set.stream().toArray(), 0, size, new BitSet(), each);
  }

  private static void choose(
      int[] from, int start, int size, BitSet chosen, Consumer<BitSet> each) {
    if (size == 0) {
      each.accept((BitSet) chosen.clone());
      return;
    }
    for (int i = start; i <= from.length - size; i++) {
      chosen.set(from[i]);
      choose(from, i + 1, size - 1, chosen, each);
      chosen.clear(from[i]);
    }
  }

  /**
   * A subset that still has a property that the whole has, and loses it without any one of its
   * numbers.
   */
  static BitSet shrunk(BitSet whole, Predicate<BitSet> has) {
    List<Integer> now = new ArrayList<>(whole.stream().boxed().toList());
    int chunks = 2;
    while (now.size() > 1) {
      List<Integer> less = without(now, chunks, has);
      if (less.size() < now.size()) {
        now = less;
        chunks = Math.max(chunks - 1, 2);
      } else if (chunks >= now.size()) {
        break;
      } else {
        chunks = Math.min(now.size(), 2 * chunks);
      }
    }
    return bits(now);
  }

  /** The numbers without the first chunk that the property does not need; all if it needs each. */
  private static List<Integer> without(List<Integer> now, int chunks, Predicate<BitSet> has) {
    for (int i = 0; i < chunks; i++) {
      List<Integer> rest = new ArrayList<>(now.subList(0, now.size() * i / chunks));
      rest.addAll(now.subList(now.size() * (i + 1) / chunks, now.size()));
      if (rest.size() < now.size() && !rest.isEmpty() && has.test(bits(rest))) {
        return rest;
      }
    }
    return now;
  }

  private static BitSet bits(List<Integer> numbers) {
    BitSet out = new BitSet();
    numbers.forEach(out::set);
    return out;
  }
}
