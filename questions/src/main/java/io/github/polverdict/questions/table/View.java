package io.github.polverdict.questions.table;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.words.Sample;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of several benches that are compared party by party. */
public final class View {
  private final Bench bench;
  private final Parties parties;
  private final Map<Family, Cells> cells = new EnumMap<>(Family.class);

  /**
   * A bench among others.
   *
   * @param known shared by all that are compared
   */
  public View(Bench bench, boolean nodes, Map<Reach, Reach> known) {
    this.bench = bench;
    this.parties = new Parties(bench.universe(), nodes);
    bench.families().forEach(f -> cells.put(f, new Cells(bench, f, known)));
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
    };
  }

  /** What one side may send to the other in a family; empty when one of them is not there. */
  public Optional<Reach> reach(Side from, Side to, Family family) {
    List<Endpoint> sources = members(from);
    List<Endpoint> destinations = members(to);
    Cells table = cells.get(family);
    if (table == null || sources.isEmpty() || destinations.isEmpty()) {
      return Optional.empty();
    }
    return meet(table, sources, destinations)
        ? Optional.of(table.between(sources, destinations))
        : Optional.empty();
  }

  /** A judged flow between the sides that has the outcome; empty when pods of a side differ. */
  public Optional<Verdict> witness(Entry<?> ends, Sample sample, Outcome outcome) {
    for (Endpoint from : members(ends.src())) {
      for (Endpoint to : members(ends.dst())) {
        Optional<Family> family = ends.family().or(() -> common(from, to));
        if (from != to && family.isPresent()) {
          Verdict verdict = bench.judge().judge(sample.flow(from, to, family.get()));
          if (verdict.outcome() == outcome) {
            return Optional.of(verdict);
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Family> common(Endpoint from, Endpoint to) {
    return cells.entrySet().stream().filter(e -> e.getValue().meet(from, to)).map(Map.Entry::getKey).findFirst();
  }

  private static boolean meet(Cells table, List<Endpoint> from, List<Endpoint> to) {
    return from.stream().anyMatch(f -> to.stream().anyMatch(t -> f != t && table.meet(f, t)));
  }
}
