package io.github.polverdict.core.kernel;

import io.github.polverdict.core.kernel.IpAddress.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An immutable set of addresses of both families, kept as sorted, disjoint, inclusive ranges.
 *
 * @param ranges sorted; no two touch
 */
public record IpSet(List<Range> ranges) {
  public static final IpSet NONE = new IpSet(List.of());
  public static final IpSet ALL_V4 = cidr("0.0.0.0/0").orElseThrow();
  public static final IpSet ALL_V6 = cidr("::/0").orElseThrow();
  public static final IpSet ALL = ALL_V4.or(ALL_V6);

  /** The addresses from first to last, of one family, both included. */
  public record Range(IpAddress first, IpAddress last) {
    @Override
    public String toString() {
      return first.equals(last) ? first.toString() : first + "-" + last;
    }
  }

  public IpSet {
    ranges = List.copyOf(ranges);
  }

  public static IpSet of(IpAddress address) {
    return new IpSet(List.of(new Range(address, address)));
  }

  public static IpSet of(IpAddress first, IpAddress last) {
    return new IpSet(List.of(new Range(first, last)));
  }

  /**
   * Reads {@code address/prefix}; host bits are masked away, as every known engine does. Strict
   * about the address's form (see {@link IpAddress#parse}); empty when it is not of that form.
   */
  public static Optional<IpSet> cidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(text.substring(slash + 1));
    return IpAddress.parse(text.substring(0, slash))
        .filter(a -> prefix <= a.family().bits())
        .map(a -> of(a.masked(prefix, false), a.masked(prefix, true)));
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  public boolean contains(IpAddress address) {
    int from = 0;
    int to = ranges.size() - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      Range range = ranges.get(middle);
      if (address.compareTo(range.first()) < 0) {
        to = middle - 1;
      } else if (address.compareTo(range.last()) > 0) {
        from = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  public IpSet or(IpSet other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return normalised(all);
  }

  /** The union of many sets, in one pass. */
  public static IpSet union(List<IpSet> sets) {
    List<Range> all = new ArrayList<>();
    sets.forEach(s -> all.addAll(s.ranges));
    return normalised(all);
  }

  private static IpSet normalised(List<Range> all) {
    all.sort(Comparator.comparing(Range::first));
    List<Range> out = new ArrayList<>();
    for (Range range : all) {
      Range before = out.isEmpty() ? null : out.getLast();
      if (before != null && touches(before, range)) {
        IpAddress last = before.last().compareTo(range.last()) > 0 ? before.last() : range.last();
        out.set(out.size() - 1, new Range(before.first(), last));
      } else {
        out.add(range);
      }
    }
    return new IpSet(out);
  }

  private static boolean touches(Range before, Range after) {
    return before.first().family() == after.first().family()
        && (after.first().compareTo(before.last()) <= 0
            || before.last().next().filter(after.first()::equals).isPresent());
  }

  public IpSet and(IpSet other) {
    List<Range> out = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < ranges.size() && j < other.ranges.size()) {
      Range a = ranges.get(i);
      Range b = other.ranges.get(j);
      IpAddress first = a.first().compareTo(b.first()) > 0 ? a.first() : b.first();
      IpAddress last = a.last().compareTo(b.last()) < 0 ? a.last() : b.last();
      if (first.compareTo(last) <= 0 && first.family() == last.family()) {
        out.add(new Range(first, last));
      }
      if (a.last().compareTo(b.last()) < 0) {
        i++;
      } else {
        j++;
      }
    }
    return new IpSet(out);
  }

  public IpSet minus(IpSet other) {
    return and(other.complement());
  }

  /** Every address of both families that is not in this set. */
  public IpSet complement() {
    List<Range> out = new ArrayList<>();
    for (Family family : Family.values()) {
      IpAddress zero = new IpAddress(family, 0, 0);
      Optional<IpAddress> next = Optional.of(zero);
      for (Range range : ranges) {
        if (range.first().family() != family || next.isEmpty()) {
          continue;
        }
        IpAddress from = next.get();
        if (from.compareTo(range.first()) < 0) {
          range.first().previous().ifPresent(last -> out.add(new Range(from, last)));
        }
        next = range.last().next();
      }
      next.ifPresent(from -> out.add(new Range(from, zero.masked(0, true))));
    }
    return new IpSet(out);
  }

  public boolean subsetOf(IpSet other) {
    return and(other).equals(this);
  }

  public boolean overlaps(IpSet other) {
    return !and(other).isEmpty();
  }

  /** The part of one family. */
  public IpSet of(Family family) {
    return and(family == Family.IPV4 ? ALL_V4 : ALL_V6);
  }

  /** {@code 10.0.0.0-10.255.255.255,192.0.2.1}. */
  @Override
  public String toString() {
    return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
  }
}
