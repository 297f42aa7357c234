package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.TrafficSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can become of each atom of traffic, numbered, and what two gates make of it together. */
final class Patterns {
  private final TrafficAtoms atoms;
  private final Map<Pattern, Integer> numbers = new HashMap<>();
  private final List<Pattern> byNumber = new ArrayList<>();
  private final List<ReachMatrix.@Nullable Cell> cells = new ArrayList<>();
  private final Map<Long, Integer> both = new HashMap<>();
  private final Map<BitSet, TrafficSet> traffic = new HashMap<>();
  private final int open;

  /** The atoms that may be allowed, and those that may be denied; each is at least in one. */
  private record Pattern(BitSet mayAllow, BitSet mayDeny) {}

  Patterns(TrafficAtoms atoms) {
    this.atoms = atoms;
    this.open = of(atoms.all(), new BitSet());
  }

  /** Everything passes. */
  int open() {
    return open;
  }

  /** The number of a pattern; the sets must not change afterwards. */
  int of(BitSet mayAllow, BitSet mayDeny) {
    Pattern pattern = new Pattern(mayAllow, mayDeny);
    Integer known = numbers.putIfAbsent(pattern, byNumber.size());
    if (known != null) {
      return known;
    }
    byNumber.add(pattern);
    cells.add(null);
    return byNumber.size() - 1;
  }

  /** What passes two gates: both must let it. */
  int both(int a, int b) {
    if (a == b || b == open) {
      return a;
    }
    if (a == open) {
      return b;
    }
    return both.computeIfAbsent(
        (long) Math.min(a, b) << 32 | Math.max(a, b),
        _ -> {
          BitSet mayAllow = (BitSet) byNumber.get(a).mayAllow().clone();
          mayAllow.and(byNumber.get(b).mayAllow());
          BitSet mayDeny = (BitSet) byNumber.get(a).mayDeny().clone();
          mayDeny.or(byNumber.get(b).mayDeny());
          return of(mayAllow, mayDeny);
        });
  }

  /** What one gate does when it is not known which of two gates it is. */
  int either(int a, int b) {
    if (a == b) {
      return a;
    }
    BitSet mayAllow = (BitSet) byNumber.get(a).mayAllow().clone();
    mayAllow.or(byNumber.get(b).mayAllow());
    BitSet mayDeny = (BitSet) byNumber.get(a).mayDeny().clone();
    mayDeny.or(byNumber.get(b).mayDeny());
    return of(mayAllow, mayDeny);
  }

  /** The pattern as traffic; one object for each pattern. */
  ReachMatrix.Cell cell(int number) {
    ReachMatrix.Cell cell = cells.get(number);
    if (cell == null) {
      Pattern pattern = byNumber.get(number);
      BitSet sure = (BitSet) pattern.mayAllow().clone();
      sure.andNot(pattern.mayDeny());
      BitSet unknown = (BitSet) pattern.mayAllow().clone();
      unknown.and(pattern.mayDeny());
      cell = new ReachMatrix.Cell(named(sure), named(unknown));
      cells.set(number, cell);
    }
    return cell;
  }

  private TrafficSet named(BitSet some) {
    return traffic.computeIfAbsent(some, atoms::traffic);
  }
}
