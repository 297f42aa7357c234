package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.questions.naming.PortSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Traffic that an expectation is about. */
public sealed interface Traffic {
  /** Every port, as when nothing is said; of a Service all of its ports. */
  Traffic PORTS =
      new Of(
          TrafficSet.all(Protocol.TCP)
              .or(TrafficSet.all(Protocol.UDP))
              .or(TrafficSet.all(Protocol.SCTP)));

  Pattern RANGE = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})(?:/([A-Za-z]+))?");

  /** Traffic given by numbers. */
  record Of(TrafficSet traffic) implements Traffic {}

  /** An echo request of the flow's family. */
  record Echo() implements Traffic {}

  /** The ports that have a name at the destination. */
  record Named(String name, Optional<Protocol> protocol) implements Traffic {}

  /** Words that say no traffic. */
  record Wrong(String why) implements Traffic {}

  /**
   * Reads {@code 80}, {@code 53/udp}, {@code 8000-8999/tcp}, {@code http}, {@code udp} for all of a
   * protocol, {@code icmp} for an echo request, {@code 8.0/icmp}, {@code 47/ip}, and {@code all}
   * for everything, messages of ICMP and other protocols too.
   */
  static Traffic parse(String text) {
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      return range(text, range);
    }
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TCP", "UDP", "SCTP" ->
          new Of(TrafficSet.all(Protocol.valueOf(text.toUpperCase(Locale.ROOT))));
      case "ALL" -> new Of(TrafficSet.ALL);
      case String _ -> of(PortSpec.parse(text));
    };
  }

  private static Traffic range(String text, Matcher range) {
    String name = Optional.ofNullable(range.group(3)).orElse("tcp").toUpperCase(Locale.ROOT);
    int first = Integer.parseInt(range.group(1));
    int last = Integer.parseInt(range.group(2));
    if (!name.matches("TCP|UDP|SCTP")) {
      return new Wrong("'" + text + "' is a range of ports, which only tcp, udp and sctp have");
    }
    return first >= 1 && first <= last && last <= 65535
        ? new Of(TrafficSet.of(Protocol.valueOf(name), first, last))
        : new Wrong("'" + text + "' is no range of ports from 1 to 65535, the lower one first");
  }

  /** What the port of a destination in the words of {@code explain} means. */
  static Traffic of(PortSpec port) {
    return switch (port) {
      case PortSpec.Any _ -> PORTS;
      case PortSpec.Numbered(int number, Optional<Protocol> protocol) ->
          new Of(TrafficSet.of(protocol.orElse(Protocol.TCP), number, number));
      case PortSpec.Named(String name, Optional<Protocol> protocol) -> new Named(name, protocol);
      case PortSpec.Icmp(Optional<Integer> message) ->
          message
              .<Traffic>map(m -> new Of(TrafficSet.of(Protocol.ICMP, m, m)))
              .orElseGet(Echo::new);
      case PortSpec.Wrong(String why) -> new Wrong(why);
    };
  }

  /** The traffic to an endpoint's own address; nothing when a name means nothing there. */
  default TrafficSet at(Endpoint to, Family family) {
    return switch (this) {
      case Of(TrafficSet traffic) -> traffic;
      case Echo _ -> TrafficSet.messages(family == Family.IPV4 ? 8 : 128, 0);
      case Named(String name, Optional<Protocol> protocol) -> {
        TrafficSet out = TrafficSet.NONE;
        for (Endpoint.NamedPort port : to.ports()) {
          if (port.name().equals(name) && protocol.map(port.protocol()::equals).orElse(true)) {
            out = out.or(TrafficSet.of(port.protocol(), port.number(), port.number()));
          }
        }
        yield out;
      }
      case Wrong _ -> TrafficSet.NONE;
    };
  }

  /** Whether calls of a Service's port are meant. */
  default boolean means(Service.Port port) {
    return switch (this) {
      case Of(TrafficSet traffic) -> traffic.contains(port.protocol(), port.number());
      case Named(String name, Optional<Protocol> protocol) ->
          port.name().equals(name) && protocol.map(port.protocol()::equals).orElse(true);
      case Echo _, Wrong _ -> false;
    };
  }
}
