package io.github.polverdict.questions.connectivity;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer.Row;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Cell;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Part;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Side;
import io.github.polverdict.questions.table.Cells;
import io.github.polverdict.questions.table.Outside;
import io.github.polverdict.questions.table.Parties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes the table of an answer: its parties on both sides, and a reason for every outcome. */
final class Matrix {
  private final Map<Family, Cells> tables = new LinkedHashMap<>();
  private static final Cell EMPTY = new Cell(List.of());

  private final Map<List<Object>, Cell> known = new HashMap<>();
  private final Grounds grounds;
  private final Parties parties;
  private final Rows.Asked asked;

  /** A row or a column with the endpoint that speaks for it. */
  private record Seat(Side side, Endpoint first) {}

  Matrix(Bench bench, Rows.Asked asked) {
    bench.families().forEach(f -> tables.put(f, new Cells(bench, f)));
    this.grounds = new Grounds(bench.judge());
    this.parties = new Parties(bench.universe(), asked.nodes());
    this.asked = asked;
  }

  ConnectivityMatrix of(ConnectivityAnswer answer) {
    List<Seat> inside = inside(answer);
    List<Seat> all = Stream.concat(inside.stream(), outside(inside).stream()).toList();
    List<Seat> sources = only(all, asked.from());
    List<Seat> destinations = only(all, asked.to());
    List<List<Cell>> cells = new ArrayList<>();
    for (Seat from : sources) {
      cells.add(destinations.stream().map(to -> cell(from, to)).toList());
    }
    return new ConnectivityMatrix(answer, sides(sources), sides(destinations), cells);
  }

  private static List<Side> sides(List<Seat> seats) {
    return seats.stream().map(Seat::side).toList();
  }

  private static List<Seat> only(List<Seat> seats, Optional<List<Endpoint>> wanted) {
    return wanted
        .map(some ->
            seats.stream().filter(seat -> some.stream().anyMatch(w -> in(w, seat))).toList())
        .orElse(seats);
  }

  private static boolean in(Endpoint wanted, Seat seat) {
    Endpoint first = seat.first();
    if (seat.side().party().external()) {
      return wanted.kind() == Kind.EXTERNAL
          && !wanted.addresses().set().and(first.addresses().set()).isEmpty();
    }
    boolean whole = seat.side().party().equals(Party.shown(first));
    return whole ? wanted.shownAs().equals(first.shownAs()) : wanted.equals(first);
  }

  /** A workload as a whole, or its pods when a row of the answer tells them apart. */
  private List<Seat> inside(ConnectivityAnswer answer) {
    TreeSet<Party> out = new TreeSet<>();
    answer.parties().stream().filter(p -> !p.external()).forEach(out::add);
    List<Party> apart =
        answer.rows().stream()
            .flatMap((Row r) -> Stream.of(r.src(), r.dst()))
            .filter(p -> !p.external())
            .distinct()
            .toList();
    out.addAll(apart);
    for (String name : parties.names()) {
      List<Endpoint> members = parties.members(name);
      Party whole = Party.shown(members.getFirst());
      boolean split =
          members.stream().map(Party::single).anyMatch(p -> !p.equals(whole) && apart.contains(p));
      if (split && out.remove(whole)) {
        members.forEach(m -> out.add(Party.single(m)));
      }
    }
    List<Seat> seats = new ArrayList<>();
    for (String name : parties.names()) {
      for (Endpoint member : parties.members(name)) {
        Party whole = Party.shown(member);
        if (out.remove(Party.single(member))) {
          seats.add(seat(Party.single(member), member));
        } else if (out.remove(whole)) {
          seats.add(seat(whole, member));
        }
      }
    }
    return seats;
  }

  private static Seat seat(Party party, Endpoint first) {
    return new Seat(new Side(party, first.namespace(), first.facts().labels().known()), first);
  }

  /** Neighbours are one range while everybody inside treats them alike. */
  private List<Seat> outside(List<Seat> inside) {
    List<Outside.Held<List<Reach>>> held = new ArrayList<>();
    Map<IpAddress, Endpoint> first = new HashMap<>();
    for (Endpoint external : parties.outside()) {
      List<Reach> both = new ArrayList<>();
      for (Seat seat : inside) {
        both.add(reach(external, seat.first()));
        both.add(reach(seat.first(), external));
      }
      external
          .addresses()
          .set()
          .ranges()
          .forEach(r -> {
            held.add(new Outside.Held<>(r, both));
            first.put(r.first(), external);
          });
    }
    return Outside.merged(held).stream()
        .map(h ->
            seat(Outside.party(h.range()), Objects.requireNonNull(first.get(h.range().first()))))
        .toList();
  }

  private Reach reach(Endpoint from, Endpoint to) {
    return tables.values().stream()
        .filter(t -> t.meet(from, to))
        .findFirst()
        .map(t -> t.between(from, to))
        .orElse(Reach.NOTHING);
  }

  private Cell cell(Seat from, Seat to) {
    boolean itself = from.first().shownAs().equals(to.first().shownAs());
    boolean neither = from.side().party().external() && to.side().party().external();
    if (itself || neither) {
      return EMPTY;
    }
    List<Object> kind = new ArrayList<>();
    tables.forEach((family, table) -> {
      if (table.meet(from.first(), to.first())) {
        kind.add(family);
        kind.add(table.relation(from.first(), to.first()));
      }
    });
    return known.computeIfAbsent(kind, _ -> judged(from.first(), to.first()));
  }

  private Cell judged(Endpoint from, Endpoint to) {
    Map<Family, Reach> reaches = new LinkedHashMap<>();
    tables.forEach((family, table) -> {
      if (table.meet(from, to)) {
        reaches.put(family, table.between(from, to));
      }
    });
    boolean differ = reaches.values().stream().distinct().count() > 1;
    List<Part> parts = new ArrayList<>();
    for (Map.Entry<Family, Reach> entry : reaches.entrySet()) {
      Family family = entry.getKey();
      for (Outcome outcome : Outcome.values()) {
        TrafficSet traffic = entry.getValue().with(outcome).and(asked.traffic());
        if (!traffic.isEmpty()) {
          Optional<Family> only = differ ? Optional.of(family) : Optional.empty();
          parts.add(new Part(outcome, traffic, only, grounds.of(from, to, family, traffic)));
        }
      }
      if (!differ) {
        break;
      }
    }
    return new Cell(parts);
  }
}
