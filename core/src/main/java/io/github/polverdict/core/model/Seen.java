package io.github.polverdict.core.model;

/**
 * The other end of a path as one gate sees it.
 *
 * @param endpoint what the gate takes it for
 * @param really what it is
 */
public record Seen(Endpoint endpoint, Endpoint really) {
  public static Seen plainly(Endpoint endpoint) {
    return new Seen(endpoint, endpoint);
  }
}
