package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What traffic a rule speaks of: its protocol, type of message and destination ports, and not those
 * that it excludes (felix/rules/policy.go, CalculateRuleMatch). A name is a set of addresses with
 * ports there, and a name in notPorts is one that the destination must not be in
 * (felix/calc/rule_scanner.go, ruleToParsedRule).
 *
 * @param specs any of it
 * @param numbers the part of it that is given by numbers
 * @param family the addresses that packets of this kind can have
 * @param onlyIf facts without which it is not known whether the traffic is meant
 */
record Traffic(List<TrafficSpec> specs, TrafficSet numbers, IpSet family, List<Doubt> onlyIf) {
  private static final int ICMP = 1;
  private static final int ICMP_V6 = 58;

  /** What names stand for; any of it. */
  interface Names {
    List<TrafficSpec> of(List<PortName> names);
  }

  static Traffic of(Field rule, Names named) {
    List<Doubt> onlyIf = new ArrayList<>();
    Optional<Integer> protocol = protocol(rule.get("protocol"));
    TrafficSet all = protocol.map(Traffic::all).orElse(TrafficSet.ALL);
    Optional<Integer> not = protocol(rule.get("notProtocol"));
    all = all.minus(not.map(Traffic::all).orElse(TrafficSet.NONE));
    Field icmp = rule.get("icmp");
    if (icmp.get("type").present()) {
      all = all.and(messages(icmp));
    }
    Field notIcmp = rule.get("notICMP");
    if (notIcmp.get("type").present()) {
      all = all.minus(messages(notIcmp));
      if (protocol.isEmpty()) {
        onlyIf.add(new Doubt.Unsupported("notICMP without a protocol", "calico", notIcmp.origin()));
      }
    }
    for (String key : List.of("ports", "notPorts")) {
      Field from = rule.get("source").get(key);
      if (!from.items().isEmpty()) {
        onlyIf.add(
            new Doubt.KnownAtRuntime("the port that the connection comes from", from.origin()));
      }
    }
    Field ports = rule.get("destination").get("ports");
    TrafficSet numbers =
        ports.items().isEmpty() ? all : numbers(ports, protocol.orElse(0)).and(all);
    TrafficSet excluded = numbers(rule.get("destination").get("notPorts"), protocol.orElse(0));
    List<TrafficSpec> specs =
        without(named.of(names(rule, "ports")), List.of(new TrafficSpec.Numeric(excluded)));
    if (!numbers.minus(excluded).isEmpty()) {
      specs.addFirst(new TrafficSpec.Numeric(numbers.minus(excluded)));
    }
    return new Traffic(
        without(specs, named.of(names(rule, "notPorts"))),
        numbers.minus(excluded),
        family(rule, protocol),
        onlyIf);
  }

  private static List<TrafficSpec> without(List<TrafficSpec> specs, List<TrafficSpec> others) {
    List<TrafficSpec> out = new ArrayList<>();
    for (TrafficSpec spec : specs) {
      TrafficSpec left = spec;
      for (TrafficSpec other : others) {
        boolean nothing = other.equals(new TrafficSpec.Numeric(TrafficSet.NONE));
        left = nothing ? left : new TrafficSpec.Without(left, other);
      }
      out.add(left);
    }
    return out;
  }

  /** The same for packets of some addresses only. */
  Traffic of(IpSet addresses) {
    return new Traffic(specs, numbers, addresses, onlyIf);
  }

  /** The same if more facts are so. */
  Traffic onlyIf(List<Doubt> more) {
    List<Doubt> all = new ArrayList<>(onlyIf);
    all.addAll(more);
    return new Traffic(specs, numbers, family, all);
  }

  private static IpSet family(Field rule, Optional<Integer> protocol) {
    String said = rule.get("ipVersion").text("");
    if (said.equals("4") || protocol.filter(p -> p == ICMP).isPresent()) {
      return IpSet.ALL_V4;
    }
    if (said.equals("6") || protocol.filter(p -> p == ICMP_V6).isPresent()) {
      return IpSet.ALL_V6;
    }
    return IpSet.ALL;
  }

  /** A protocol by its name or number (numorstring.Protocol). */
  static Optional<Integer> protocol(Field field) {
    return field
        .text()
        .map(text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "tcp" -> 6;
              case "udp" -> 17;
              case "icmp" -> ICMP;
              case "icmpv6" -> ICMP_V6;
              case "sctp" -> 132;
              case "udplite" -> 136;
              case String number -> number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : -1;
            });
  }

  private static TrafficSet all(int protocol) {
    return known(protocol)
        .map(TrafficSet::all)
        .orElseGet(() -> TrafficSet.of(Protocol.OTHER, protocol, protocol));
  }

  static Optional<Protocol> known(int protocol) {
    return switch (protocol) {
      case 6 -> Optional.of(Protocol.TCP);
      case 17 -> Optional.of(Protocol.UDP);
      case 132 -> Optional.of(Protocol.SCTP);
      case ICMP, ICMP_V6 -> Optional.of(Protocol.ICMP);
      default -> Optional.empty();
    };
  }

  private static TrafficSet messages(Field icmp) {
    int type = icmp.get("type").integer().orElse(0);
    return icmp.get("code")
        .integer()
        .map(code -> TrafficSet.messages(type, code))
        .orElseGet(() -> TrafficSet.messages(type));
  }

  /** Ports and ranges of them, as {@code 80} and {@code 8000:8080}. */
  private static TrafficSet numbers(Field ports, int protocol) {
    TrafficSet out = TrafficSet.NONE;
    Optional<Protocol> known = known(protocol).filter(Protocol::hasPorts);
    for (Field port : ports.items()) {
      String[] ends = port.text("").split(":", 2);
      if (known.isPresent() && isNumber(ends[0])) {
        int first = Math.max(1, Integer.parseInt(ends[0]));
        int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
        if (first <= last) {
          out = out.or(TrafficSet.of(known.get(), first, last));
        }
      }
    }
    return out;
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,5}");
  }

  /** The names in one of the lists of a rule's destination, of any protocol if it says none. */
  static List<PortName> names(Field rule, String list) {
    Optional<Integer> said = protocol(rule.get("protocol"));
    Optional<Protocol> not = protocol(rule.get("notProtocol")).flatMap(Traffic::known);
    List<Protocol> some =
        Stream.of(Protocol.values())
            .filter(Protocol::hasPorts)
            .filter(p -> said.isEmpty() || said.flatMap(Traffic::known).equals(Optional.of(p)))
            .filter(p -> !not.equals(Optional.of(p)))
            .toList();
    return rule.get("destination").get(list).items().stream()
        .map(p -> p.text(""))
        .filter(text -> !isNumber(text.split(":", 2)[0]))
        .flatMap(text -> some.stream().map(p -> new PortName(p, text)))
        .toList();
  }
}
