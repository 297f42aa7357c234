package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import java.util.Set;

/**
 * Traffic that must pass from one end to another.
 *
 * @param ports every port when it is empty
 */
record Link(Peer from, Peer to, Set<Port> ports) {
  /** Every port that a NetworkPolicy can speak of. */
  static final TrafficSet EVERY_PORT =
      TrafficSet.all(Protocol.TCP)
          .or(TrafficSet.all(Protocol.UDP))
          .or(TrafficSet.all(Protocol.SCTP));

  Link {
    ports = Set.copyOf(ports);
  }

  /** What it lets one endpoint send to another; nothing when it is about others. */
  TrafficSet between(Endpoint source, Endpoint destination) {
    if (!from.has(source) || !to.has(destination)) {
      return TrafficSet.NONE;
    }
    TrafficSet out = ports.isEmpty() ? EVERY_PORT : TrafficSet.NONE;
    for (Port port : ports) {
      out = out.or(port.at(destination));
    }
    return out;
  }
}
