package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The outside as ranges of addresses that everything treats alike. */
final class Externals {
  private static final Origin OUTSIDE = new Origin.Said("addresses outside of the cluster");

  private Externals() {}

  /** {@code 10.0.0.0-10.0.0.255}; a single address is a range too. */
  static String id(IpSet.Range range) {
    return range.first() + "-" + range.last();
  }

  /**
   * Disjoint endpoints that together cover the families.
   *
   * @param atoms sets of addresses that no rule tells apart
   * @param singles addresses that are an endpoint of their own
   */
  static List<Endpoint> of(List<IpSet> atoms, Set<IpAddress> singles, Set<Family> families) {
    IpSet own = IpSet.union(singles.stream().map(IpSet::of).toList());
    List<IpSet.Range> ranges = new ArrayList<>();
    IpSet space = Families.all(families);
    IpSet covered = IpSet.union(atoms);
    for (IpSet atom : atoms) {
      ranges.addAll(atom.and(space).minus(own).ranges());
    }
    ranges.addAll(space.minus(covered).minus(own).ranges());
    singles.forEach(s -> ranges.add(new IpSet.Range(s, s)));
    return ranges.stream()
        .sorted(Comparator.comparing(IpSet.Range::first))
        .map(Externals::endpoint)
        .toList();
  }

  private static Endpoint endpoint(IpSet.Range range) {
    return new Endpoint(
        id(range),
        Kind.EXTERNAL,
        new Owner("External", id(range)),
        Facts.NONE,
        Addresses.exactly(IpSet.of(range.first(), range.last())),
        List.of(),
        Optional.empty(),
        OUTSIDE);
  }
}
