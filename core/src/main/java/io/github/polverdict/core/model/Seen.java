package io.github.polverdict.core.model;

import java.util.Optional;

/**
 * The other end of a path as one gate sees it.
 *
 * @param endpoint what the gate takes it for
 * @param really what it is
 * @param inside the connection that the gate sees instead of the path's own, if there is one
 */
public record Seen(Endpoint endpoint, Endpoint really, Optional<Passage.Effect.Inside> inside) {
  public static Seen plainly(Endpoint endpoint) {
    return new Seen(endpoint, endpoint, Optional.empty());
  }
}
