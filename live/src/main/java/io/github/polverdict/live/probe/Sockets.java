package io.github.polverdict.live.probe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who listens in one network namespace, and which connections are half open there, as {@code
 * /proc/net/tcp}, {@code tcp6}, {@code udp} and {@code udp6} say (Linux,
 * Documentation/networking/proc_net_tcp.rst). It does not know of SCTP.
 */
record Sockets(List<Socket> all) {
  private static final String LISTEN = "0A";
  private static final String SYN_RECV = "03";
  private static final String UNCONNECTED = "07";
  private static final long MAPPED = 0xffff00000000L;

  /** One line. */
  record Socket(Protocol protocol, IpAddress here, int port, IpAddress there, String state) {}

  Sockets {
    all = List.copyOf(all);
  }

  /** Reads lines {@code tcp 0100007F:1F90 00000000:0000 0A}; leaves out what it does not know. */
  static Sockets of(List<String> lines) {
    return new Sockets(lines.stream().flatMap(l -> socket(l).stream()).toList());
  }

  private static Optional<Socket> socket(String line) {
    String[] words = line.split(" ");
    String shape =
        "(tcp|udp)6? ([0-9A-F]{8}|[0-9A-F]{32}):[0-9A-F]{4} ([0-9A-F]{8}|[0-9A-F]{32}):.*";
    if (!line.matches(shape) || words.length != 4) {
      return Optional.empty();
    }
    String[] here = words[1].split(":");
    Protocol protocol = Protocol.valueOf(words[0].substring(0, 3).toUpperCase(Locale.ROOT));
    return Optional.of(
        new Socket(
            protocol,
            address(here[0]),
            Integer.parseInt(here[1], 16),
            address(words[2].split(":")[0]),
            words[3]));
  }

  /** Whether somebody takes new connections, or datagrams, at an address. */
  boolean listens(Protocol protocol, IpAddress at, int port) {
    String state = protocol == Protocol.TCP ? LISTEN : UNCONNECTED;
    return all.stream()
        .filter(s -> s.protocol() == protocol && s.port() == port && s.state().equals(state))
        .anyMatch(s -> s.here().equals(at) || any(s.here()));
  }

  /** Whether a connection of the peer has arrived whose third packet has not. */
  boolean halfOpen(int port, IpAddress peer) {
    return all.stream()
        .anyMatch(s -> s.state().equals(SYN_RECV) && s.port() == port && s.there().equals(peer));
  }

  private static boolean any(IpAddress address) {
    return address.high() == 0 && address.low() == 0;
  }

  /** Words of 32 bits, each in the byte order of the machine, which is taken to be little. */
  private static IpAddress address(String hex) {
    if (hex.length() == 8) {
      return IpAddress.v4(word(hex, 0));
    }
    long high = word(hex, 0) << 32 | word(hex, 8);
    long low = word(hex, 16) << 32 | word(hex, 24);
    boolean mapped = high == 0 && (low & ~0xffffffffL) == MAPPED;
    return mapped ? IpAddress.v4(low) : new IpAddress(Family.IPV6, high, low);
  }

  private static long word(String hex, int from) {
    long number = Long.parseLong(hex.substring(from, from + 8), 16);
    return Integer.reverseBytes((int) number) & 0xffffffffL;
  }
}
