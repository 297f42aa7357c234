package io.github.polverdict.dialects.antrea.policy;

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
import java.util.Optional;

/**
 * What traffic a rule speaks of: any of its {@code ports} and {@code protocols}, everything when it
 * has neither (pkg/controller/networkpolicy/crd_utils.go, toAntreaServicesForCRD).
 *
 * @param onlyIf facts without which it is not known whether the traffic is meant
 */
record Traffic(List<TrafficSpec> what, List<Doubt> onlyIf) {
  private static final int IGMP = 2;

  static List<Traffic> of(Field rule) {
    List<Field> ports = rule.get("ports").items();
    List<Field> protocols = rule.get("protocols").items();
    if (ports.isEmpty() && protocols.isEmpty()) {
      return List.of(new Traffic(List.of(TrafficSpec.ALL), List.of()));
    }
    List<Traffic> out = new ArrayList<>();
    List<Field> plain = ports.stream().filter(p -> !p.get("sourcePort").present()).toList();
    if (!plain.isEmpty()) {
      out.add(new Traffic(specs(plain), List.of()));
    }
    for (Field port : ports) {
      if (port.get("sourcePort").present()) {
        Doubt from =
            new Doubt.KnownAtRuntime(
                "the port that the connection comes from", port.get("sourcePort").origin());
        out.add(new Traffic(specs(List.of(port)), List.of(from)));
      }
    }
    protocols.forEach(p -> protocol(p).ifPresent(out::add));
    return out;
  }

  private static List<TrafficSpec> specs(List<Field> ports) {
    TrafficSet numbers = TrafficSet.NONE;
    List<PortName> names = new ArrayList<>();
    for (Field field : ports) {
      Protocol protocol = Protocol.valueOf(field.get("protocol").text("TCP"));
      Field port = field.get("port");
      Optional<Integer> number = port.integer();
      if (number.isPresent()) {
        int last = field.get("endPort").integer().orElse(number.get());
        numbers = numbers.or(TrafficSet.of(protocol, number.get(), last));
      } else if (port.present()) {
        names.add(new PortName(protocol, port.text("")));
      } else {
        numbers = numbers.or(TrafficSet.all(protocol));
      }
    }
    List<TrafficSpec> out = new ArrayList<>();
    if (!numbers.isEmpty()) {
      out.add(new TrafficSpec.Numeric(numbers));
    }
    if (!names.isEmpty()) {
      out.add(
          new TrafficSpec.Named(
              names, Resolution.ON_THE_DESTINATION, Selector.pods(), false, TrafficSet.NONE));
    }
    return out;
  }

  private static Optional<Traffic> protocol(Field field) {
    Field icmp = field.get("icmp");
    if (icmp.present()) {
      boolean codeOnly = icmp.get("icmpCode").present() && !icmp.get("icmpType").present();
      Doubt which = new Doubt.Unsupported("icmpCode without icmpType", "antrea", icmp.origin());
      return Optional.of(
          new Traffic(
              List.of(new TrafficSpec.Numeric(icmp(icmp))), codeOnly ? List.of(which) : List.of()));
    }
    Field igmp = field.get("igmp");
    List<Doubt> which =
        igmp.members().isEmpty()
            ? List.of()
            : List.of(new Doubt.KnownAtRuntime("which IGMP message it is", igmp.origin()));
    return igmp.present()
        ? Optional.of(
            new Traffic(
                List.of(new TrafficSpec.Numeric(TrafficSet.of(Protocol.OTHER, IGMP, IGMP))), which))
        : Optional.empty();
  }

  private static TrafficSet icmp(Field icmp) {
    Optional<Integer> code = icmp.get("icmpCode").integer();
    return icmp.get("icmpType")
        .integer()
        .map(type ->
            code.map(c -> TrafficSet.messages(type, c)).orElseGet(() -> TrafficSet.messages(type)))
        .orElseGet(() -> TrafficSet.all(Protocol.ICMP));
  }
}
