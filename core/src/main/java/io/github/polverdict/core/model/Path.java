package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;

/**
 * One way that a flow can take, after translation: a real source, a real destination and the port
 * there.
 *
 * @param called the port that the source called, before translation
 * @param at the addresses that it may have called, before translation
 * @param forwarded whether any node may take the call, and pass it on to an endpoint of another
 */
public record Path(
    Endpoint from,
    Endpoint to,
    Protocol protocol,
    int port,
    int called,
    Passage.Via via,
    Addresses at,
    boolean forwarded,
    Family family) {

  /** A path by the destination's own address. */
  public static Path direct(
      Endpoint from, Endpoint to, Protocol protocol, int port, Family family) {
    return new Path(
        from, to, protocol, port, port, Passage.Via.POD_ADDRESS, to.addresses(), false, family);
  }

  /** The connection that carries this path's packets, by the destination's own address. */
  public Path inside(Passage.Effect.Inside carried) {
    return direct(from, to, carried.protocol(), carried.port(), family);
  }
}
