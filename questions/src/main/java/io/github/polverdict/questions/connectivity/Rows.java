package io.github.polverdict.questions.connectivity;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer.Row;
import io.github.polverdict.questions.table.Alike;
import io.github.polverdict.questions.table.Cells;
import io.github.polverdict.questions.table.Outside;
import io.github.polverdict.questions.table.Parties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the rows: pods that are treated alike are one, outside neighbours that are treated alike
 * too.
 */
final class Rows {
  private final Map<Family, Cells> cells = new LinkedHashMap<>();
  private final Map<Reach, Reach> cut = new IdentityHashMap<>();
  private final Map<Reach, Reach> parts = new HashMap<>();
  private final TrafficSet traffic;
  private final List<Row> rows = new ArrayList<>();

  /**
   * What is asked about.
   *
   * @param from only these sources; empty for all
   * @param to only these destinations; empty for all
   */
  record Asked(
      Optional<List<Endpoint>> from,
      Optional<List<Endpoint>> to,
      TrafficSet traffic,
      boolean nodes) {}

  /** A range of outside addresses in one cell of the matrix. */
  private record Cut(IpSet.Range range, Endpoint cell) {}

  /** A pair of parties. */
  private record Pair(Party src, Party dst) {}

  Rows(Bench bench, Asked asked) {
    this.traffic = asked.traffic();
    bench.families().forEach(f -> cells.put(f, new Cells(bench, f)));
    Parties parties = new Parties(bench.universe(), asked.nodes());
    List<List<Endpoint>> sources = inside(parties, asked.from());
    List<List<Endpoint>> destinations = inside(parties, asked.to());
    for (List<Endpoint> from : sources) {
      for (List<Endpoint> to : destinations) {
        if (!from.getFirst().shownAs().equals(to.getFirst().shownAs())) {
          between(from, to);
        }
      }
    }
    List<Cut> outside = outside(parties, asked.to());
    sources.forEach(from -> outgoing(from, outside));
    List<Cut> callers = outside(parties, asked.from());
    destinations.forEach(to -> incoming(callers, to));
    rows.sort(Comparator.comparing(Row::src).thenComparing(Row::dst));
  }

  List<Row> all() {
    return rows;
  }

  private static List<List<Endpoint>> inside(Parties parties, Optional<List<Endpoint>> only) {
    List<List<Endpoint>> out = new ArrayList<>();
    Optional<Set<Endpoint>> wanted = only.map(Set::copyOf);
    for (String name : parties.names()) {
      List<Endpoint> members =
          parties.members(name).stream()
              .filter(e -> wanted.map(w -> w.contains(e)).orElse(true))
              .toList();
      if (!members.isEmpty()) {
        out.add(members);
      }
    }
    return out;
  }

  private static List<Cut> outside(Parties parties, Optional<List<Endpoint>> only) {
    IpSet wanted =
        only.map(ends -> ends.stream().filter(e -> e.kind() == Kind.EXTERNAL))
            .map(ends -> IpSet.union(ends.map(e -> e.addresses().set()).toList()))
            .orElse(IpSet.ALL);
    List<Cut> out = new ArrayList<>();
    for (Endpoint external : parties.outside()) {
      external.addresses().set().and(wanted).ranges().forEach(r -> out.add(new Cut(r, external)));
    }
    return out;
  }

  private void between(List<Endpoint> from, List<Endpoint> to) {
    if (from.size() == 1 && to.size() == 1 && cells.size() == 1) {
      Reach reach = reach(from.getFirst(), to.getFirst());
      if (something(reach)) {
        add(Party.shown(from.getFirst()), Party.shown(to.getFirst()), reach, Optional.empty());
      }
      return;
    }
    Map<Family, Map<Pair, Reach>> found = new LinkedHashMap<>();
    cells.forEach((family, table) -> {
      if (table.meet(from.getFirst(), to.getFirst())) {
        found.put(family, between(table, from, to));
      }
    });
    Set<Map<Pair, Reach>> different = new HashSet<>(found.values());
    found.forEach((family, pairs) -> {
      Optional<Family> only = different.size() > 1 ? Optional.of(family) : Optional.empty();
      if (only.isPresent() || family == found.keySet().iterator().next()) {
        pairs.forEach((pair, reach) -> add(pair.src(), pair.dst(), reach, only));
      }
    });
  }

  /** One row when all pods are treated alike; else a row for every pod of a side that is not. */
  private Map<Pair, Reach> between(Cells table, List<Endpoint> from, List<Endpoint> to) {
    Map<Pair, Reach> out = new LinkedHashMap<>();
    List<List<Endpoint>> destinations =
        Alike.split(to, from, (one, other) -> reach(table, other, one));
    for (List<Endpoint> some : Alike.split(from, to, (one, other) -> reach(table, one, other))) {
      for (List<Endpoint> other : destinations) {
        out.put(
            new Pair(Alike.name(some, from), Alike.name(other, to)),
            reach(table, some.getFirst(), other.getFirst()));
      }
    }
    return out;
  }

  private void outgoing(List<Endpoint> from, List<Cut> outside) {
    List<Endpoint> ends = outside.stream().map(Cut::cell).toList();
    for (List<Endpoint> some : Alike.split(from, ends, this::reach)) {
      Party src = Alike.name(some, from);
      List<Outside.Held<Reach>> held = new ArrayList<>();
      outside.forEach(
          c -> held.add(new Outside.Held<>(c.range(), reach(some.getFirst(), c.cell()))));
      Outside.merged(held)
          .forEach(h -> add(src, Outside.party(h.range()), h.what(), Optional.empty()));
    }
  }

  private void incoming(List<Cut> callers, List<Endpoint> to) {
    List<Endpoint> ends = callers.stream().map(Cut::cell).toList();
    for (List<Endpoint> some : Alike.split(to, ends, (one, other) -> reach(other, one))) {
      Party dst = Alike.name(some, to);
      List<Outside.Held<Reach>> held = new ArrayList<>();
      callers.forEach(
          c -> held.add(new Outside.Held<>(c.range(), reach(c.cell(), some.getFirst()))));
      Outside.merged(held)
          .forEach(h -> add(Outside.party(h.range()), dst, h.what(), Optional.empty()));
    }
  }

  private void add(Party src, Party dst, Reach reach, Optional<Family> family) {
    if (something(reach)) {
      rows.add(new Row(src, dst, reach, family));
    }
  }

  private static boolean something(Reach reach) {
    return !reach.allowed().isEmpty() || !reach.unknown().isEmpty();
  }

  /** In the one family that an outside range has. */
  private Reach reach(Endpoint from, Endpoint to) {
    for (Cells table : cells.values()) {
      if (table.meet(from, to)) {
        return reach(table, from, to);
      }
    }
    return Reach.NOTHING;
  }

  /** The part that was asked for. */
  private Reach reach(Cells table, Endpoint from, Endpoint to) {
    Reach whole = table.between(from, to);
    return traffic.equals(TrafficSet.ALL) ? whole : cut.computeIfAbsent(whole, this::asked);
  }

  private Reach asked(Reach whole) {
    Reach part = new Reach(whole.allowed().and(traffic), whole.unknown().and(traffic));
    return parts.computeIfAbsent(part, p -> p);
  }
}
