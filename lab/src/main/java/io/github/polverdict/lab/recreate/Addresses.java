package io.github.polverdict.lab.recreate;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of the addresses of a cluster in another: a range is replaced by one that holds the
 * same pods, nodes and Services there, where there is such a range.
 */
public final class Addresses {
  private final Map<IpAddress, IpAddress> known = new LinkedHashMap<>();
  private final List<String> ranges;
  private final Set<String> unkept = new TreeSet<>();

  /**
   * Without addresses yet.
   *
   * @param ranges of the new cluster: of its nodes, its pods, each node's pods, its Services
   */
  public Addresses(List<String> ranges) {
    this.ranges =
        ranges.stream()
            .flatMap(r -> Range.of(r).stream())
            .map(r -> r.first() + "/" + r.prefix())
            .distinct()
            .toList();
  }

  /** Notes that an address has become another; what is no address is left out. */
  public void add(String old, String now) {
    Optional<IpAddress> a = IpAddress.parse(old);
    Optional<IpAddress> b = IpAddress.parse(now);
    if (a.isPresent() && b.isPresent()) {
      known.put(a.get(), b.get());
    }
  }

  /** The ranges that hold other members now, because no range holds the same. */
  public Set<String> unkept() {
    return unkept;
  }

  /** The text, or what a range or address has become. */
  String translated(String text) {
    Optional<Range> range = Range.of(text);
    if (range.isEmpty()) {
      return text;
    }
    List<String> candidates = new ArrayList<>();
    candidates.add(text);
    known.forEach((old, now) -> {
      if (range.get().isOnly(old)) {
        candidates.add(text.contains("/") ? now + "/" + range.get().prefix() : now.toString());
      }
    });
    if (text.contains("/") && known.keySet().stream().anyMatch(range.get()::holds)) {
      candidates.addAll(ranges);
    }
    for (String candidate : candidates) {
      if (Range.of(candidate).map(r -> holdsTheSame(range.get(), r)).orElse(false)) {
        return candidate;
      }
    }
    unkept.add(text);
    return text;
  }

  private boolean holdsTheSame(Range before, Range after) {
    return known.entrySet().stream()
        .allMatch(pair -> before.holds(pair.getKey()) == after.holds(pair.getValue()));
  }

  /** Addresses that begin with the same bits. */
  private record Range(IpAddress first, int prefix) {
    static Optional<Range> of(String text) {
      String[] parts = text.split("/", 2);
      if (!parts[0].contains(".") || !text.matches("[0-9./]+")) {
        return Optional.empty();
      }
      int prefix =
          parts.length > 1 && parts[1].matches("\\d{1,2}") ? Integer.parseInt(parts[1]) : 32;
      return IpAddress.parse(parts[0])
          .filter(a -> a.family() == Family.IPV4 && prefix <= 32)
          .map(a -> new Range(a.masked(prefix, false), prefix));
    }

    boolean holds(IpAddress address) {
      return address.family() == Family.IPV4 && address.masked(prefix, false).equals(first);
    }

    boolean isOnly(IpAddress address) {
      return prefix == 32 && holds(address);
    }
  }
}
