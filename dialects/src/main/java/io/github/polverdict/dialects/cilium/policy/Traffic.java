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

/**
 * What traffic an entry of a rule is about.
 *
 * @param onlyIf why some of it may be refused all the same: rules for requests
 */
record Traffic(List<TrafficSpec> what, List<Doubt> onlyIf) {
  private static final List<Protocol> ANY = List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);

  /** One item for each of {@code toPorts}, one for {@code icmps}, or all traffic. */
  static List<Traffic> of(Field rule, Resolution names) {
    List<Traffic> out = new ArrayList<>();
    for (Field entry : rule.get("toPorts").items()) {
      out.add(new Traffic(ports(entry, names), requests(entry)));
    }
    if (rule.get("icmps").present()) {
      out.add(new Traffic(List.of(icmp(rule.get("icmps"))), List.of()));
    }
    return out.isEmpty() ? List.of(new Traffic(List.of(TrafficSpec.ALL), List.of())) : out;
  }

  private static List<Doubt> requests(Field entry) {
    Field rules = entry.get("rules");
    boolean some =
        rules.members().values().stream().anyMatch(f -> f.present() && !f.items().isEmpty());
    return some
        ? List.of(new Doubt.KnownAtRuntime("which requests it is, for L7 rules", rules.origin()))
        : List.of();
  }

  private static List<TrafficSpec> ports(Field entry, Resolution names) {
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
          int last = Math.max(first, port.get("endPort").integer().orElse(first));
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
    if (entry.get("ports").items().isEmpty()) {
      out.add(TrafficSpec.ALL);
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

  /** Types by number, or by the names of echo requests and replies. */
  private static TrafficSpec icmp(Field icmps) {
    TrafficSet out = TrafficSet.NONE;
    for (Field entry : icmps.items()) {
      for (Field field : entry.get("fields").items()) {
        boolean six = field.get("family").text("IPv4").equals("IPv6");
        int type =
            switch (field.get("type").text("")) {
              case "EchoRequest" -> six ? 128 : 8;
              case "EchoReply" -> six ? 129 : 0;
              case String number -> number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : -1;
            };
        if (type >= 0 && type <= 255) {
          out = out.or(TrafficSet.of(Protocol.ICMP, type * 256, type * 256 + 255));
        }
      }
    }
    return new TrafficSpec.Numeric(out);
  }
}
