package io.github.polverdict.lab.recreate;

/**
 * Where something listens.
 *
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 */
public record Port(int number, String protocol) implements Comparable<Port> {
  @Override
  public int compareTo(Port other) {
    return number == other.number
        ? protocol.compareTo(other.protocol)
        : Integer.compare(number, other.number);
  }
}
