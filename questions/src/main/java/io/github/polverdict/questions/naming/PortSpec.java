package io.github.polverdict.questions.naming;

import io.github.polverdict.core.kernel.Protocol;
import java.util.Locale;
import java.util.Optional;

/** The part of a destination after the colon. */
public sealed interface PortSpec {

  /** Nothing was said: all traffic. */
  record Any() implements PortSpec {}

  /** A number; the protocol is TCP unless said. */
  record Numbered(int number, Optional<Protocol> protocol) implements PortSpec {}

  /** The name of a port. */
  record Named(String name, Optional<Protocol> protocol) implements PortSpec {}

  /** An ICMP message: type and code, or an echo request of the flow's family. */
  record Icmp(Optional<Integer> typeAndCode) implements PortSpec {}

  /** Words that say no port. */
  record Wrong(String why) implements PortSpec {}

  /**
   * Reads {@code 80}, {@code 53/udp}, {@code http}, {@code icmp}, {@code 8.0/icmp}, and {@code
   * 47/ip} for an IP protocol.
   */
  static PortSpec parse(String text) {
    String[] parts = text.split("/", -1);
    String port = parts[0];
    if (port.equalsIgnoreCase("icmp") && parts.length == 1) {
      return new Icmp(Optional.empty());
    }
    Optional<Protocol> protocol = Optional.empty();
    if (parts.length == 2) {
      protocol = protocol(parts[1]);
    }
    if (parts.length > 2 || (parts.length == 2 && protocol.isEmpty())) {
      return new Wrong(
          "'" + text + "' is not PORT/PROTOCOL with protocol tcp, udp, sctp, icmp or ip");
    }
    if (protocol.filter(Protocol.ICMP::equals).isPresent()) {
      return icmp(port);
    }
    if (port.matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(port);
      if (protocol.filter(Protocol.OTHER::equals).isPresent()) {
        return number <= 255
            ? new Numbered(number, protocol)
            : new Wrong("IP protocol " + port + " is not between 0 and 255");
      }
      return number >= 1 && number <= 65535
          ? new Numbered(number, protocol)
          : new Wrong("port " + port + " is not between 1 and 65535");
    }
    if (port.matches("[0-9]+-[0-9]+")) {
      return new Wrong("'" + port + "' is a range of ports: ask for one of them");
    }
    return port.matches("[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?")
        ? new Named(port, protocol)
        : new Wrong("'" + port + "' is neither a port number nor the name of a port");
  }

  private static PortSpec icmp(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3})?")) {
      return new Wrong("'" + text + "' is not an ICMP TYPE or TYPE.CODE");
    }
    String[] parts = text.split("\\.");
    int type = Integer.parseInt(parts[0]);
    int code = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    return type <= 255 && code <= 255
        ? new Icmp(Optional.of(type * 256 + code))
        : new Wrong("ICMP types and codes are between 0 and 255");
  }

  private static Optional<Protocol> protocol(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TCP" -> Optional.of(Protocol.TCP);
      case "UDP" -> Optional.of(Protocol.UDP);
      case "SCTP" -> Optional.of(Protocol.SCTP);
      case "ICMP" -> Optional.of(Protocol.ICMP);
      case "IP" -> Optional.of(Protocol.OTHER);
      case String _ -> Optional.empty();
    };
  }
}
