package io.github.polverdict.questions.table;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.words.Sample;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One of several benches that are compared party by party. */
public final class Compared {
  private final Bench bench;
  private final Parties parties;
  private final Services services;
  private final Map<Family, Cells> cells = new EnumMap<>(Family.class);
  private final Map<Asked, Verdict> verdicts = new HashMap<>();
  private final Map<Family, Map<Side, Cells.Members>> members = new EnumMap<>(Family.class);
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();

  /** A flow between endpoints that are no different from others. */
  private record Asked(Cells.Relation ends, Sample sample) {}

  /**
   * A bench among others.
   *
   * @param known shared by all that are compared
   */
  public Compared(Bench bench, boolean nodes, Map<Reach, Reach> known) {
    this.bench = bench;
    this.parties = new Parties(bench.universe(), nodes);
    this.services = new Services(bench);
    for (Family family : bench.families()) {
      cells.put(family, new Cells(bench, family, known));
      members.put(family, new IdentityHashMap<>()); // sides are few, and asked often
    }
    bench
        .universe()
        .endpoints()
        .forEach(e -> namespaces.putIfAbsent(e.namespace(), e.facts().namespaceLabels().known()));
  }

  public Bench bench() {
    return bench;
  }

  public Parties parties() {
    return parties;
  }

  /** The endpoints of a side; none when this bench does not have it. */
  public List<Endpoint> members(Side side) {
    return switch (side) {
      case Side.Inside(String name) -> parties.members(name);
      case Side.Range(var range) -> parties.outside(range.first()).stream().toList();
      case Side.Called _ -> List.of();
    };
  }

  /** What one side may send to the other in a family; empty when one of them is not there. */
  public Optional<Reach> reach(Side from, Side to, Family family) {
    if (to instanceof Side.Called called) {
      return services.reach(members(from), called, family);
    }
    Cells table = cells.get(family);
    return table == null
        ? Optional.empty()
        : table.reach(members(from, table, family), members(to, table, family));
  }

  private Cells.Members members(Side side, Cells table, Family family) {
    Map<Side, Cells.Members> all = Objects.requireNonNull(members.get(family));
    Cells.Members known = all.get(side);
    if (known == null) {
      known = table.members(members(side));
      all.put(side, known);
    }
    return known;
  }

  /** The ids of the Services that can be called, sorted. */
  public Set<String> services() {
    return services.ids();
  }

  /** The ports of a Service. */
  public List<Side.Called> called(String service) {
    return services.ports(service);
  }

  /** Whether a port of a Service leads to one of these ports of this workload. */
  public boolean leadsTo(Side.Called called, String name, int first, int last) {
    return services.backends(called).stream()
        .filter(b -> b.port() >= first && b.port() <= last)
        .flatMap(b -> bench.universe().endpoint(b.endpoint()).stream())
        .anyMatch(e -> e.shownAs().equals(name));
  }

  /** A judged flow between the sides that has the outcome; empty when pods of a side differ. */
  public Optional<Verdict> witness(Entry<?> ends, Sample sample, Outcome outcome) {
    if (ends.dst() instanceof Side.Called called) {
      return witness(members(ends.src()), called, ends.family(), outcome);
    }
    for (Endpoint from : members(ends.src())) {
      for (Endpoint to : members(ends.dst())) {
        Optional<Family> family = ends.family().or(() -> common(from, to));
        if (from != to && family.isPresent()) {
          Verdict verdict = judged(from, to, family.get(), sample);
          if (verdict.outcome() == outcome) {
            return Optional.of(verdict);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Judged once for all endpoints that stand to each other alike, unless something is open. */
  private Verdict judged(Endpoint from, Endpoint to, Family family, Sample sample) {
    Asked asked = new Asked(Objects.requireNonNull(cells.get(family)).relation(from, to), sample);
    Verdict known = verdicts.get(asked);
    if (known != null) {
      return Retold.of(known, from, to);
    }
    Verdict verdict = bench.judge().judge(sample.flow(from, to, family));
    if (verdict.doubts().isEmpty()) {
      verdicts.put(asked, verdict);
    }
    return verdict;
  }

  /** The labels of a namespace, as its pods have them; empty when it has no pods. */
  public Optional<Map<String, String>> namespaceLabels(String namespace) {
    return Optional.ofNullable(namespaces.get(namespace));
  }

  private Optional<Verdict> witness(
      List<Endpoint> from, Side.Called called, Optional<Family> only, Outcome outcome) {
    return from.stream()
        .flatMap(e ->
            cells.keySet().stream()
                .filter(f -> only.map(f::equals).orElse(true))
                .flatMap(f -> services.judge(e, called, f).stream()))
        .filter(v -> v.outcome() == outcome)
        .findFirst();
  }

  private Optional<Family> common(Endpoint from, Endpoint to) {
    return cells.entrySet().stream()
        .filter(e -> e.getValue().meet(from, to))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
