package io.github.polverdict.core.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An immutable set of (protocol, number) pairs; see {@link Protocol} for what the number is. */
public final class TrafficSet {
  public static final TrafficSet NONE = new TrafficSet(new EnumMap<>(Protocol.class));
  public static final TrafficSet ALL = everything();

  private final Map<Protocol, Ranges> numbers; // no empty ranges

  private TrafficSet(Map<Protocol, Ranges> numbers) {
    this.numbers = numbers;
  }

  public static TrafficSet of(Protocol protocol, Ranges numbers) {
    Map<Protocol, Ranges> map = new EnumMap<>(Protocol.class);
    if (!numbers.isEmpty()) {
      map.put(protocol, numbers);
    }
    return new TrafficSet(map);
  }

  public static TrafficSet of(Protocol protocol, int first, int last) {
    return of(protocol, Ranges.of(first, last));
  }

  /** Every number of a protocol. */
  public static TrafficSet all(Protocol protocol) {
    return of(protocol, protocol.lowest(), protocol.highest());
  }

  /** ICMP messages of a type, 0 to 255, with any code. */
  public static TrafficSet messages(int type) {
    return of(Protocol.ICMP, type * 256, type * 256 + 255);
  }

  /** ICMP messages of a type and a code, 0 to 255. */
  public static TrafficSet messages(int type, int code) {
    return of(Protocol.ICMP, type * 256 + code, type * 256 + code);
  }

  private static TrafficSet everything() {
    TrafficSet out = NONE;
    for (Protocol protocol : Protocol.values()) {
      out = out.or(all(protocol));
    }
    return out;
  }

  public Ranges numbers(Protocol protocol) {
    return numbers.getOrDefault(protocol, Ranges.NONE);
  }

  public boolean contains(Protocol protocol, int number) {
    return numbers(protocol).contains(number);
  }

  public boolean isEmpty() {
    return numbers.isEmpty();
  }

  public TrafficSet or(TrafficSet other) {
    Map<Protocol, Ranges> map = new EnumMap<>(numbers.isEmpty() ? other.numbers : numbers);
    other.numbers.forEach((protocol, ranges) -> map.merge(protocol, ranges, Ranges::or));
    return new TrafficSet(map);
  }

  public TrafficSet and(TrafficSet other) {
    TrafficSet out = NONE;
    for (var entry : numbers.entrySet()) {
      out = out.or(of(entry.getKey(), entry.getValue().and(other.numbers(entry.getKey()))));
    }
    return out;
  }

  public TrafficSet minus(TrafficSet other) {
    TrafficSet out = NONE;
    for (var entry : numbers.entrySet()) {
      Protocol p = entry.getKey();
      Ranges rest = other.numbers(p).gaps(p.lowest(), p.highest());
      out = out.or(of(p, entry.getValue().and(rest)));
    }
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrafficSet t && numbers.equals(t.numbers);
  }

  @Override
  public int hashCode() {
    return numbers.hashCode();
  }

  /** {@code TCP 80,443 UDP 53}; {@code all} for everything. */
  @Override
  public String toString() {
    if (equals(ALL)) {
      return "all";
    }
    return numbers.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(" "));
  }
}
