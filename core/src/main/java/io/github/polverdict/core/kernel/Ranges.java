package io.github.polverdict.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable set of whole numbers from 0 to 65535, kept as sorted, disjoint, inclusive ranges.
 */
public final class Ranges {
  public static final Ranges NONE = new Ranges(new int[0]);

  private final int[] bounds; // first, last, first, last …

  private Ranges(int[] bounds) {
    this.bounds = bounds;
  }

  /**
   * The numbers from {@code first} to {@code last}, both included; empty when first is above last.
   */
  public static Ranges of(int first, int last) {
    if (first < 0 || last > 65535) {
      throw new IllegalArgumentException(first + "-" + last + " is outside 0-65535");
    }
    return first > last ? NONE : new Ranges(new int[] {first, last});
  }

  public boolean isEmpty() {
    return bounds.length == 0;
  }

  public boolean contains(int number) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (number <= bounds[i + 1]) {
        return number >= bounds[i];
      }
    }
    return false;
  }

  public Ranges or(Ranges other) {
    if (isEmpty() || other == this) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    int[] all = new int[bounds.length + other.bounds.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < bounds.length || j < other.bounds.length) {
      boolean mine =
          j == other.bounds.length || (i < bounds.length && bounds[i] <= other.bounds[j]);
      int first = mine ? bounds[i] : other.bounds[j];
      int last = mine ? bounds[i + 1] : other.bounds[j + 1];
      if (mine) {
        i += 2;
      } else {
        j += 2;
      }
      if (size > 0 && first <= all[size - 1] + 1) {
        all[size - 1] = Math.max(all[size - 1], last);
      } else {
        all[size++] = first;
        all[size++] = last;
      }
    }
    return new Ranges(Arrays.copyOf(all, size));
  }

  public Ranges and(Ranges other) {
    List<Integer> out = new ArrayList<>();
    for (int i = 0, j = 0; i < bounds.length && j < other.bounds.length; ) {
      int first = Math.max(bounds[i], other.bounds[j]);
      int last = Math.min(bounds[i + 1], other.bounds[j + 1]);
      if (first <= last) {
        out.add(first);
        out.add(last);
      }
      if (bounds[i + 1] < other.bounds[j + 1]) {
        i += 2;
      } else {
        j += 2;
      }
    }
    return new Ranges(out.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The numbers from {@code first} to {@code last} that are not in this set. */
  public Ranges gaps(int first, int last) {
    Ranges out = NONE;
    int next = first;
    for (int i = 0; i < bounds.length; i += 2) {
      out = out.or(of(next, Math.min(bounds[i] - 1, last)));
      next = Math.max(next, bounds[i + 1] + 1);
    }
    return next > last ? out : out.or(of(next, last));
  }

  /** The ranges in order, each {@code {first, last}}. */
  public List<int[]> ranges() {
    List<int[]> out = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      out.add(new int[] {bounds[i], bounds[i + 1]});
    }
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ranges r && Arrays.equals(bounds, r.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  /** {@code 80,443,8000-8999}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bounds.length; i += 2) {
      out.append(out.isEmpty() ? "" : ",").append(bounds[i]);
      if (bounds[i + 1] > bounds[i]) {
        out.append('-').append(bounds[i + 1]);
      }
    }
    return out.toString();
  }
}
