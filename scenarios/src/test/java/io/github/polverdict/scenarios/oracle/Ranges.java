package io.github.polverdict.scenarios.oracle;

import io.github.polverdict.core.kernel.IpSet;
import java.util.List;

/** The ranges of the pool by what they contain. */
final class Ranges {
  private Ranges() {}

  /** Those that an {@code except} of the range may name. */
  static List<String> strictlyInside(String range) {
    IpSet outer = IpSet.cidr(range).orElseThrow();
    return Pool.RANGES.stream()
        .filter(r -> !r.equals(range))
        .filter(r -> IpSet.cidr(r).orElseThrow().minus(outer).isEmpty())
        .toList();
  }
}
