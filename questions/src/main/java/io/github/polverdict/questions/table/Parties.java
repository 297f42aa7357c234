package io.github.polverdict.questions.table;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.questions.Party;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The endpoints of a universe by what they are shown as, and the outside by address. */
public final class Parties {
  private final Map<String, List<Endpoint>> inside = new HashMap<>();
  private final NavigableMap<IpAddress, Endpoint> outside = new TreeMap<>(); // by first address

  /**
   * All parties of a universe.
   *
   * @param nodes whether nodes are among them
   */
  public Parties(Universe universe, boolean nodes) {
    for (Endpoint endpoint : universe.endpoints()) {
      if (endpoint.kind() == Kind.EXTERNAL) {
        outside.put(range(endpoint).first(), endpoint);
      } else if (nodes || endpoint.kind() != Kind.NODE) {
        inside.computeIfAbsent(endpoint.shownAs(), _ -> new ArrayList<>()).add(endpoint);
      }
    }
  }

  /** The addresses of an outside endpoint. */
  static IpSet.Range range(Endpoint external) {
    List<IpSet.Range> ranges = external.addresses().set().ranges();
    return new IpSet.Range(ranges.getFirst().first(), ranges.getLast().last());
  }

  /** The names of the parties inside of the cluster, sorted. */
  public List<String> names() {
    return inside.keySet().stream().sorted().toList();
  }

  /** The endpoints of a party; none when there is no such party. */
  public List<Endpoint> members(String name) {
    return inside.getOrDefault(name, List.of());
  }

  public Optional<Party> party(String name) {
    return members(name).stream().findFirst().map(Party::shown);
  }

  /** The outside endpoints, by address. */
  public Collection<Endpoint> outside() {
    return outside.values();
  }

  /** The outside endpoint that the address is in. */
  public Optional<Endpoint> outside(IpAddress address) {
    return Optional.ofNullable(outside.floorEntry(address))
        .map(Map.Entry::getValue)
        .filter(e -> e.addresses().set().contains(address));
  }
}
