package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A port of a policy's rule.
 *
 * @param name empty when it is given by numbers
 * @param first 0 when it is given by name
 */
record Port(Protocol protocol, String name, int first, int last) implements Comparable<Port> {
  private static final Comparator<Port> ORDER =
      Comparator.comparing(Port::protocol).thenComparingInt(Port::first).thenComparing(Port::name);

  static Port named(Protocol protocol, String name) {
    return new Port(protocol, name, 0, 0);
  }

  /** The ports of TCP, UDP and SCTP in the set. */
  static List<Port> of(TrafficSet traffic) {
    List<Port> out = new ArrayList<>();
    for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
      for (int[] range : traffic.numbers(protocol).ranges()) {
        out.add(new Port(protocol, "", range[0], range[1]));
      }
    }
    return out;
  }

  /** What it stands for at a destination. */
  TrafficSet at(Endpoint to) {
    if (name.isEmpty()) {
      return TrafficSet.of(protocol, first, last);
    }
    TrafficSet out = TrafficSet.NONE;
    for (Endpoint.NamedPort port : to.ports()) {
      if (port.name().equals(name) && port.protocol() == protocol) {
        out = out.or(TrafficSet.of(protocol, port.number(), port.number()));
      }
    }
    return out;
  }

  @Override
  public int compareTo(Port other) {
    return ORDER.compare(this, other);
  }

  /** As an item of a rule's {@code ports}. */
  Map<String, Object> tree() {
    Map<String, Object> out = Draft.map("port", name.isEmpty() ? (Object) first : name);
    if (last > first) {
      out.put("endPort", last);
    }
    out.put("protocol", protocol.name());
    return out;
  }
}
