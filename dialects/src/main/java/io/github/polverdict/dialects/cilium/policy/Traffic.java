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
import java.util.stream.Stream;

/**
 * What traffic an entry of a rule is about.
 *
 * @param onlyIf why some of it may be refused all the same: rules for requests
 * @param proxied what a proxy decides of it, also where other rules allow it, if it goes to one
 *     without rules for requests
 */
record Traffic(List<TrafficSpec> what, List<Doubt> onlyIf, Optional<Doubt> proxied) {
  private static final String TLS =
      "what the proxy makes of the TLS, by Secrets that are never read";
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

  /** Protocols without ports (pkg/u8proto/u8proto.go). */
  private static final Map<String, Integer> OTHERS =
      Map.of("IGMP", 2, "IPIP", 4, "IPV6", 41, "GRE", 47, "ESP", 50, "AH", 51, "VRRP", 112);

  /** Whether a protocol by its name has no ports. */
  static boolean isPortless(String name) {
    return OTHERS.containsKey(name.toUpperCase(Locale.ROOT));
  }

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
      return List.of(unproxied(List.of(TrafficSpec.ALL)));
    }
    List<Traffic> out = new ArrayList<>();
    for (Field entry : rule.get("toPorts").items()) {
      Optional<Doubt> proxied = proxied(entry);
      List<Doubt> onlyIf = new ArrayList<>(requests(entry));
      proxied.ifPresent(onlyIf::add);
      out.add(new Traffic(ports(entry, names, ranges), onlyIf, proxied));
    }
    if (rule.get("icmps").present()) {
      out.add(unproxied(icmp(rule.get("icmps"))));
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
    return some.isEmpty() ? Optional.empty() : Optional.of(new Traffic(some, onlyIf, proxied));
  }

  private static Traffic unproxied(List<TrafficSpec> what) {
    return new Traffic(what, List.of(), Optional.empty());
  }

  /** What a proxy decides by an item of {@code toPorts}, beside rules for requests. */
  static Optional<Doubt> proxied(Field entry) {
    return Stream.of(
            new Proxied("listener", "what the listener does with it"),
            new Proxied("serverNames", "which server name (SNI) it asks for"),
            new Proxied("terminatingTLS", TLS),
            new Proxied("originatingTLS", TLS))
        .filter(p -> entry.get(p.field()).present())
        .map(p -> (Doubt) new Doubt.KnownAtRuntime(p.decides(), entry.get(p.field()).origin()))
        .findFirst();
  }

  /** A field by which traffic goes to a proxy, and what that decides. */
  private record Proxied(String field, String decides) {}

  private static List<Doubt> requests(Field entry) {
    List<Doubt> out = new ArrayList<>();
    if (RequestRules.areThere(entry)) {
      String which = "which requests it is, for L7 rules";
      out.add(new Doubt.KnownAtRuntime(which, entry.get("rules").origin()));
    }
    return out;
  }

  private static List<TrafficSpec> ports(Field entry, Resolution names, boolean ranges) {
    TrafficSet numbers = TrafficSet.NONE;
    List<PortName> named = new ArrayList<>();
    for (Field port : entry.get("ports").items()) {
      String text = port.get("port").text("0");
      String name = port.get("protocol").text("ANY").toUpperCase(Locale.ROOT);
      int other = OTHERS.getOrDefault(name, 0);
      if (other > 0) {
        numbers = numbers.or(TrafficSet.of(Protocol.OTHER, other, other));
        continue;
      }
      for (Protocol protocol : protocols(name)) {
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
    return switch (name) {
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
