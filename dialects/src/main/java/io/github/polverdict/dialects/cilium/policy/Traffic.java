package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What traffic an entry of a rule is about.
 *
 * @param onlyIf why some of it may be refused all the same: rules for requests
 */
record Traffic(List<TrafficSpec> what, List<Doubt> onlyIf) {
  private static final List<Protocol> ANY = List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);

  /** The names of ICMP types (pkg/policy/api/icmp.go). */
  private static final Map<String, Integer> FOUR =
      Map.ofEntries(
          Map.entry("EchoReply", 0),
          Map.entry("DestinationUnreachable", 3),
          Map.entry("Redirect", 5),
          Map.entry("Echo", 8),
          Map.entry("EchoRequest", 8),
          Map.entry("RouterAdvertisement", 9),
          Map.entry("RouterSelection", 10),
          Map.entry("TimeExceeded", 11),
          Map.entry("ParameterProblem", 12),
          Map.entry("Timestamp", 13),
          Map.entry("TimestampReply", 14),
          Map.entry("Photuris", 40),
          Map.entry("ExtendedEchoRequest", 42),
          Map.entry("ExtendedEchoReply", 43));

  /** The same for ICMPv6. */
  private static final Map<String, Integer> SIX =
      Map.ofEntries(
          Map.entry("DestinationUnreachable", 1),
          Map.entry("PacketTooBig", 2),
          Map.entry("TimeExceeded", 3),
          Map.entry("ParameterProblem", 4),
          Map.entry("EchoRequest", 128),
          Map.entry("EchoReply", 129),
          Map.entry("MulticastListenerQuery", 130),
          Map.entry("MulticastListenerReport", 131),
          Map.entry("MulticastListenerDone", 132),
          Map.entry("RouterSolicitation", 133),
          Map.entry("RouterAdvertisement", 134),
          Map.entry("NeighborSolicitation", 135),
          Map.entry("NeighborAdvertisement", 136),
          Map.entry("RedirectMessage", 137),
          Map.entry("RouterRenumbering", 138),
          Map.entry("ICMPNodeInformationQuery", 139),
          Map.entry("ICMPNodeInformationResponse", 140),
          Map.entry("InverseNeighborDiscoverySolicitation", 141),
          Map.entry("InverseNeighborDiscoveryAdvertisement", 142),
          Map.entry("HomeAgentAddressDiscoveryRequest", 144),
          Map.entry("HomeAgentAddressDiscoveryReply", 145),
          Map.entry("MobilePrefixSolicitation", 146),
          Map.entry("MobilePrefixAdvertisement", 147),
          Map.entry("DuplicateAddressRequestCodeSuffix", 157),
          Map.entry("DuplicateAddressConfirmationCodeSuffix", 158),
          Map.entry("ExtendedEchoRequest", 160));

  /** Whether an entry names any traffic; empty lists do not. */
  static boolean isNamed(Field entry) {
    return !entry.get("toPorts").items().isEmpty() || !entry.get("icmps").items().isEmpty();
  }

  /**
   * One item for each of {@code toPorts}, one for {@code icmps}, or all traffic.
   *
   * @param ranges whether {@code endPort} counts
   */
  static List<Traffic> of(Field rule, Resolution names, boolean ranges) {
    if (!isNamed(rule)) {
      return List.of(new Traffic(List.of(TrafficSpec.ALL), List.of()));
    }
    List<Traffic> out = new ArrayList<>();
    for (Field entry : rule.get("toPorts").items()) {
      out.add(new Traffic(ports(entry, names, ranges), requests(entry)));
    }
    if (rule.get("icmps").present()) {
      out.add(new Traffic(icmp(rule.get("icmps")), List.of()));
    }
    out.removeIf(t -> t.what().isEmpty()); // an item without ports is about none
    return out;
  }

  /** The part that names of ports say, if there is any. */
  Optional<Traffic> named() {
    return part(TrafficSpec.Named.class::isInstance);
  }

  /** The rest. */
  Optional<Traffic> numbered() {
    return part(t -> !(t instanceof TrafficSpec.Named));
  }

  private Optional<Traffic> part(Predicate<TrafficSpec> which) {
    List<TrafficSpec> some = what.stream().filter(which).toList();
    return some.isEmpty() ? Optional.empty() : Optional.of(new Traffic(some, onlyIf));
  }

  private static List<Doubt> requests(Field entry) {
    Field rules = entry.get("rules");
    boolean some =
        rules.members().values().stream().anyMatch(f -> f.present() && !f.items().isEmpty());
    return some
        ? List.of(new Doubt.KnownAtRuntime("which requests it is, for L7 rules", rules.origin()))
        : List.of();
  }

  private static List<TrafficSpec> ports(Field entry, Resolution names, boolean ranges) {
    TrafficSet numbers = TrafficSet.NONE;
    List<PortName> named = new ArrayList<>();
    for (Field port : entry.get("ports").items()) {
      String text = port.get("port").text("0");
      for (Protocol protocol : protocols(port.get("protocol").text("ANY"))) {
        if (!text.matches("[0-9]{1,5}")) {
          named.add(new PortName(protocol, text));
        } else if (Integer.parseInt(text) == 0) {
          numbers = numbers.or(TrafficSet.all(protocol));
        } else {
          int first = Integer.parseInt(text);
          int end = port.get("endPort").integer().filter(_ -> ranges).orElse(first);
          int last = Math.max(first, end);
          numbers = numbers.or(TrafficSet.of(protocol, first, last));
        }
      }
    }
    List<TrafficSpec> out = new ArrayList<>();
    if (!numbers.isEmpty()) {
      out.add(new TrafficSpec.Numeric(numbers));
    }
    if (!named.isEmpty()) {
      out.add(new TrafficSpec.Named(named, names, Selector.pods(), false, TrafficSet.NONE));
    }
    return out;
  }

  private static List<Protocol> protocols(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "TCP" -> List.of(Protocol.TCP);
      case "UDP" -> List.of(Protocol.UDP);
      case "SCTP" -> List.of(Protocol.SCTP);
      case String _ -> ANY;
    };
  }

  /**
   * Types by number or by name. Type 0, the echo reply of IPv4, is every type: the agent takes it
   * for the port 0 (pkg/policy/api/icmp.go, PortProtocol).
   */
  private static List<TrafficSpec> icmp(Field icmps) {
    TrafficSet out = TrafficSet.NONE;
    for (Field entry : icmps.items()) {
      for (Field field : entry.get("fields").items()) {
        boolean six = field.get("family").text("IPv4").equals("IPv6");
        int type = type(field.get("type").text(""), six ? SIX : FOUR);
        if (type == 0) {
          out = out.or(TrafficSet.all(Protocol.ICMP));
        } else if (type > 0 && type <= 255) {
          out = out.or(TrafficSet.messages(type));
        }
      }
    }
    return out.isEmpty() ? List.of() : List.of(new TrafficSpec.Numeric(out));
  }

  /** -1 for a name that is not one of the family's, which matches nothing. */
  private static int type(String text, Map<String, Integer> names) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : names.getOrDefault(text, -1);
  }
}
