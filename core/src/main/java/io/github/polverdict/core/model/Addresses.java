package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;

/**
 * The addresses of an endpoint.
 *
 * @param set its addresses; when not exact, the addresses among which its own are
 * @param exact whether every address of the set is the endpoint's
 */
public record Addresses(IpSet set, boolean exact) {

  public static Addresses exactly(IpSet set) {
    return new Addresses(set, true);
  }

  public static Addresses within(IpSet bound) {
    return new Addresses(bound, false);
  }

  public Addresses of(Family family) {
    return new Addresses(set.of(family), exact);
  }
}
