package io.github.polverdict.live.probe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who listens in one network namespace, and which handshakes are under way there, as {@code
 * /proc/net/tcp}, {@code tcp6}, {@code udp} and {@code udp6} say (Linux,
 * Documentation/networking/proc_net_tcp.rst). It does not know of SCTP.
 *
 * @param datagrams how many UDP datagrams were read or thrown away there since it began ({@code
 *     /proc/net/snmp}, InDatagrams and InErrors, and the same of {@code snmp6})
 */
record Sockets(List<Socket> all, long datagrams) {
  private static final String LISTEN = "0A";
  private static final String SYN_SENT = "02";
  private static final String SYN_RECV = "03";
  private static final String UNCONNECTED = "07";
  private static final long MAPPED = 0xffff00000000L;

  private static final String COUNT = "datagrams ";

  /** One line. */
  record Socket(Protocol protocol, End here, End there, State state) {}

  /** One of the two ends. */
  record End(IpAddress address, int port) {}

  /** What a connection has come to, and the bytes that wait to be read. */
  record State(String code, long unread) {}

  Sockets {
    all = List.copyOf(all);
  }

  /**
   * Reads lines {@code tcp 0100007F:1F90 00000000:0000 0A 00000000} and {@code datagrams 12 0};
   * leaves out what it does not know.
   */
  static Sockets of(List<String> lines) {
    long datagrams =
        lines.stream()
            .filter(l -> l.matches(COUNT + "[0-9 ]{1,40}"))
            .flatMap(l -> Stream.of(l.substring(COUNT.length()).split(" ")))
            .filter(n -> !n.isEmpty())
            .mapToLong(Long::parseLong)
            .sum();
    return new Sockets(lines.stream().flatMap(l -> socket(l).stream()).toList(), datagrams);
  }

  private static Optional<Socket> socket(String line) {
    String[] words = line.split(" ");
    String end = "([0-9A-F]{8}|[0-9A-F]{32}):[0-9A-F]{4}";
    String shape = "(tcp|udp)6? %s %s .*".formatted(end, end);
    if (!line.matches(shape) || words.length < 4) {
      return Optional.empty();
    }
    Protocol protocol = Protocol.valueOf(words[0].substring(0, 3).toUpperCase(Locale.ROOT));
    return Optional.of(
        new Socket(
            protocol,
            end(words[1]),
            end(words[2]),
            new State(words[3], words.length > 4 ? Long.parseLong(words[4], 16) : 0)));
  }

  /** Whether somebody takes new connections, or datagrams, at an address. */
  boolean listens(Protocol protocol, IpAddress at, int port) {
    String state = protocol == Protocol.TCP ? LISTEN : UNCONNECTED;
    return all.stream()
        .filter(s -> s.protocol() == protocol && s.state().code().equals(state))
        .filter(s -> s.here().port() == port)
        .map(s -> s.here().address())
        .anyMatch(here -> here.equals(at) || any(here));
  }

  /** The peer's connections that have arrived and whose third packet has not, by its ports. */
  Set<Integer> halfOpen(int port, IpAddress peer) {
    return all.stream()
        .filter(s -> s.state().code().equals(SYN_RECV) && s.here().port() == port)
        .map(Socket::there)
        .filter(there -> there.address().equals(peer))
        .map(End::port)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The connections whose first packet is out, and has not been answered. */
  List<Socket> unanswered() {
    return all.stream().filter(s -> s.state().code().equals(SYN_SENT)).toList();
  }

  /** The bytes of datagrams to a port that nobody has read. */
  long unread(int port) {
    return all.stream()
        .filter(s -> s.protocol() == Protocol.UDP && s.here().port() == port)
        .mapToLong(s -> s.state().unread())
        .sum();
  }

  private static End end(String text) {
    String[] parts = text.split(":");
    return new End(address(parts[0]), Integer.parseInt(parts[1], 16));
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
