package io.github.polverdict.core.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One IPv4 or IPv6 address as 128 bits; IPv4 addresses use the low 32. Ordered by family, then by
 * number.
 */
public record IpAddress(Family family, long high, long low) implements Comparable<IpAddress> {

  /** IPv4 or IPv6. */
  public enum Family {
    IPV4(32),
    IPV6(128);

    private final int bits;

    Family(int bits) {
      this.bits = bits;
    }

    /** Length of an address of this family in bits. */
    public int bits() {
      return bits;
    }
  }

  public static IpAddress v4(long number) {
    return new IpAddress(Family.IPV4, 0, number & 0xffffffffL);
  }

  /**
   * Reads an address in the strict form that Go's netip and Kubernetes' own validation take: dotted
   * quads have no leading zeros; IPv4-mapped IPv6 is read as IPv6; no zone.
   */
  public static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
  }

  private static Optional<IpAddress> parseV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    long number = 0;
    for (String part : parts) {
      boolean digits =
          !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!digits || (part.length() > 1 && part.charAt(0) == '0') || Integer.parseInt(part) > 255) {
        return Optional.empty();
      }
      number = number << 8 | Integer.parseInt(part);
    }
    return Optional.of(v4(number));
  }

  private static Optional<IpAddress> parseV6(String text) {
    if (!text.matches("[0-9a-fA-F:.]{2,45}")) {
      return Optional.empty(); // keeps zones, names and look-ups out
    }
    int dots = text.lastIndexOf(':');
    String tail = text.substring(dots + 1);
    if (tail.indexOf('.') >= 0 && parseV4(tail).isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = InetAddress.getByName(text).getAddress();
      if (bytes.length == 4) { // ::ffff:a.b.c.d
        long low =
            0xffff00000000L
                | (bytes[0] & 0xffL) << 24
                | (bytes[1] & 0xffL) << 16
                | (bytes[2] & 0xffL) << 8
                | (bytes[3] & 0xffL);
        return Optional.of(new IpAddress(Family.IPV6, 0, low));
      }
      long high = 0;
      long low = 0;
      for (int i = 0; i < 8; i++) {
        high = high << 8 | bytes[i] & 0xffL;
        low = low << 8 | bytes[i + 8] & 0xffL;
      }
      return Optional.of(new IpAddress(Family.IPV6, high, low));
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }

  /** The next address; empty after the last of the family. */
  public Optional<IpAddress> next() {
    if (family == Family.IPV4) {
      return low == 0xffffffffL ? Optional.empty() : Optional.of(v4(low + 1));
    }
    if (low == -1L) {
      return high == -1L ? Optional.empty() : Optional.of(new IpAddress(family, high + 1, 0));
    }
    return Optional.of(new IpAddress(family, high, low + 1));
  }

  /** The address before; empty before the first of the family. */
  public Optional<IpAddress> previous() {
    if (low != 0) {
      return Optional.of(new IpAddress(family, high, low - 1));
    }
    return high == 0 ? Optional.empty() : Optional.of(new IpAddress(family, high - 1, -1L));
  }

  /** This address with all bits after the prefix cleared (or set). */
  public IpAddress masked(int prefix, boolean set) {
    if (family == Family.IPV4) {
      long mask = prefix == 0 ? 0 : 0xffffffffL << (32 - prefix) & 0xffffffffL;
      return v4(set ? low & mask | ~mask & 0xffffffffL : low & mask);
    }
    long highMask = prefix == 0 ? 0 : prefix >= 64 ? -1L : -1L << (64 - prefix);
    long lowMask = prefix <= 64 ? 0 : prefix == 128 ? -1L : -1L << (128 - prefix);
    return set
        ? new IpAddress(family, high & highMask | ~highMask, low & lowMask | ~lowMask)
        : new IpAddress(family, high & highMask, low & lowMask);
  }

  @Override
  public int compareTo(IpAddress other) {
    int byFamily = family.compareTo(other.family);
    if (byFamily != 0) {
      return byFamily;
    }
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    if (family == Family.IPV4) {
      return (low >> 24 & 255)
          + "."
          + (low >> 16 & 255)
          + "."
          + (low >> 8 & 255)
          + "."
          + (low & 255);
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long word = i < 4 ? high >>> (48 - 16 * i) : low >>> (112 - 16 * i);
      words.add(Long.toHexString(word & 0xffff));
    }
    return shortened(words);
  }

  /** With the first of the longest runs of zeros left out, as RFC 5952 has it. */
  private static String shortened(List<String> words) {
    int from = 0;
    int longest = 1; // a single zero is written
    for (int i = 0; i < words.size(); i++) {
      int end = i;
      while (end < words.size() && words.get(end).equals("0")) {
        end++;
      }
      if (end - i > longest) {
        from = i;
        longest = end - i;
      }
    }
    return longest == 1
        ? String.join(":", words)
        : String.join(":", words.subList(0, from))
            + "::"
            + String.join(":", words.subList(from + longest, words.size()));
  }
}
