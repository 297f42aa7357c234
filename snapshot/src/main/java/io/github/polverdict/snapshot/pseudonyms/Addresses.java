package io.github.polverdict.snapshot.pseudonyms;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Other addresses that share exactly as many leading bits as the first ones do, so that an address
 * is in a range when it was before (Xu, Fan, Ammar, Moon: Prefix-preserving IP address
 * anonymization, 2002). Private addresses stay private; loopback, link-local and multicast
 * addresses stay themselves. The last {@value #LAST} bits stay, and so do those between the network
 * address of a known range and its first addresses, where engines put gateways.
 */
final class Addresses {
  private static final int LAST = 8;

  /** Ranges that stay as a whole. */
  private static final List<Range> APART =
      List.of(
          range("10.0.0.0", 8),
          range("172.16.0.0", 12),
          range("192.168.0.0", 16),
          range("100.64.0.0", 10),
          range("2000::", 3),
          range("fc00::", 7));

  /** Ranges whose addresses stay. */
  private static final List<Range> FIXED =
      List.of(
          range("0.0.0.0", 8),
          range("127.0.0.0", 8),
          range("169.254.0.0", 16),
          range("224.0.0.0", 3),
          range("::", 64),
          range("fe80::", 10),
          range("ff00::", 8));

  private final Keyed keyed;
  private final Map<IpAddress, Integer> networks = new HashMap<>(); // with the shortest prefix
  private final Map<Range, Boolean> flips = new HashMap<>();

  /** All addresses that share the first bits of one. */
  private record Range(IpAddress first, int prefix) {
    boolean contains(IpAddress address) {
      return address.family() == first.family() && address.masked(prefix, false).equals(first);
    }
  }

  Addresses(Keyed keyed) {
    this.keyed = keyed;
  }

  private static Range range(String first, int prefix) {
    return new Range(IpAddress.parse(first).orElseThrow(), prefix);
  }

  /** Notes a range of the snapshot. Must be done before any address is asked for. */
  void know(IpAddress address, int prefix) {
    networks.merge(address.masked(prefix, false), prefix, Math::min);
  }

  IpAddress of(IpAddress address) {
    if (FIXED.stream().anyMatch(r -> r.contains(address))) {
      return address;
    }
    long high = address.high();
    long low = address.low();
    int bits = address.family().bits();
    for (int depth = 0; depth < bits - LAST; depth++) {
      if (flipped(new Range(address.masked(depth, false), depth))) {
        int place = bits - 1 - depth;
        high ^= place >= 64 ? 1L << (place - 64) : 0;
        low ^= place < 64 ? 1L << place : 0;
      }
    }
    return address.family() == Family.IPV4
        ? IpAddress.v4(low)
        : new IpAddress(Family.IPV6, high, low);
  }

  /** Whether the bit after a prefix is another one. */
  private boolean flipped(Range range) {
    return flips.computeIfAbsent(
        range,
        r ->
            !leadsTo(r, APART)
                && !leadsTo(r, FIXED)
                && networks.getOrDefault(r.first(), Integer.MAX_VALUE) > r.prefix()
                && (keyed.digest("address " + r.first() + "/" + r.prefix())[0] & 1) == 1);
  }

  private static boolean leadsTo(Range range, List<Range> goals) {
    return goals.stream().anyMatch(g -> range.prefix() < g.prefix() && range.contains(g.first()));
  }
}
