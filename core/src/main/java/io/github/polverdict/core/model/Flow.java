package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;

/**
 * A new connection (or datagram) from an endpoint to a target.
 *
 * @param port the port the source calls; see {@link Protocol} for other protocols' numbers
 */
public record Flow(Endpoint from, Target to, Protocol protocol, int port, Family family) {

  /** What the source calls. */
  public sealed interface Target {
    /** An endpoint by its own address. */
    record ToEndpoint(Endpoint endpoint) implements Target {}

    /** A Service, by the address that {@code via} says. */
    record ToService(Service service, Passage.Via via) implements Target {}
  }
}
