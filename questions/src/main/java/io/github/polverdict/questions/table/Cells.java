package io.github.polverdict.questions.table;

import io.github.polverdict.core.engine.ReachMatrix;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What endpoints and parties may send to each other in one family. Equal results are one object.
 */
public final class Cells {
  private final ReachMatrix matrix;
  private final Family family;
  private static final int PLACES = 3;

  /** By class of the source, then by class of the destination and place. */
  private final @Nullable Reach[] @Nullable [] rows;

  private final Map<Endpoint, Seat> seats = new IdentityHashMap<>();
  private final Map<TrafficSet, Map<TrafficSet, Reach>> seen = new IdentityHashMap<>();
  private final Map<Reach, Reach> known;

  public Cells(Bench bench, Family family) {
    this(bench, family, new HashMap<>());
  }

  /**
   * The cells of a bench that is compared with others.
   *
   * @param known shared by all of them, so that equal results of any two are one object
   */
  public Cells(Bench bench, Family family, Map<Reach, Reach> known) {
    this.matrix = bench.matrix(family);
    this.family = family;
    this.known = known;
    this.rows = new Reach[matrix.classes()][];
  }

  /** Whether both have addresses of the family. */
  public boolean meet(Endpoint from, Endpoint to) {
    return seat(from).present() && seat(to).present();
  }

  public Reach between(Endpoint from, Endpoint to) {
    return between(from, seat(from), to, seat(to));
  }

  private Reach between(Endpoint from, Seat source, Endpoint to, Seat destination) {
    if (source == destination) {
      return one(matrix.cell(from, to));
    }
    @Nullable Reach[] row = rows[source.index()];
    if (row == null) { // many questions are about few sources
      row = new Reach[matrix.classes() * PLACES];
      rows[source.index()] = row;
    }
    int column = destination.index() * PLACES + source.place(destination);
    Reach reach = row[column];
    if (reach == null) {
      reach = one(matrix.cell(from, to));
      row[column] = reach;
    }
    return reach;
  }

  /** How two endpoints stand to each other: equal for pairs between which every flow is alike. */
  public record Relation(Family family, int from, int to, int place) {}

  public Relation relation(Endpoint from, Endpoint to) {
    Seat source = seat(from);
    Seat destination = seat(to);
    return new Relation(family, source.index(), destination.index(), source.place(destination));
  }

  private Seat seat(Endpoint endpoint) {
    Seat known = seats.get(endpoint);
    if (known == null) {
      boolean present = !endpoint.addresses().set().of(family).isEmpty();
      known =
          new Seat(
              matrix.classOf(endpoint),
              present,
              endpoint.kind() == Kind.EXTERNAL,
              endpoint.node().orElse(""));
      seats.put(endpoint, known);
    }
    return known;
  }

  /**
   * What the cells of an endpoint depend on.
   *
   * @param index of its class
   * @param present whether it has an address of the family
   * @param node empty when it is on none, or it is not known on which
   */
  private record Seat(int index, boolean present, boolean outside, String node) {

    /** How the two stand to each other, which is all that tells endpoints of one class apart. */
    int place(Seat other) {
      if (node.isEmpty() || other.node.isEmpty()) {
        return outside || other.outside ? 0 : 2;
      }
      return node.equals(other.node) ? 1 : 0;
    }
  }

  /** The matrix has one object for equal sets, so most look-ups need not compare them. */
  private Reach one(ReachMatrix.Cell cell) {
    return seen.computeIfAbsent(cell.allowed(), _ -> new IdentityHashMap<>())
        .computeIfAbsent(cell.unknown(), u -> one(new Reach(cell.allowed(), u)));
  }

  private Reach one(Reach reach) {
    Reach before = known.putIfAbsent(reach, reach);
    return before == null ? reach : before;
  }

  /** Endpoints that are asked about together, and often. */
  public static final class Members {
    private final List<Endpoint> endpoints;
    private final Seat[] seats;

    private Members(List<Endpoint> endpoints, Seat[] seats) {
      this.endpoints = endpoints;
      this.seats = seats;
    }
  }

  public Members members(List<Endpoint> endpoints) {
    return new Members(
        List.copyOf(endpoints), endpoints.stream().map(this::seat).toArray(Seat[]::new));
  }

  /**
   * What all of the sources may send to all of the destinations. What differs by endpoint counts as
   * unknown; an endpoint and itself are no pair unless there is no other.
   */
  public Reach between(List<Endpoint> from, List<Endpoint> to) {
    return reach(members(from), members(to)).orElse(Reach.NOTHING);
  }

  /** The same; empty when no two of them have addresses of the family. */
  public Optional<Reach> reach(Members from, Members to) {
    Reach all = null;
    for (int i = 0; i < from.seats.length; i++) {
      for (int j = 0; j < to.seats.length; j++) {
        Endpoint source = from.endpoints.get(i);
        Endpoint destination = to.endpoints.get(j);
        if (source != destination && from.seats[i].present() && to.seats[j].present()) {
          Reach reach = between(source, from.seats[i], destination, to.seats[j]);
          all = all == null || all == reach ? reach : one(both(all, reach));
        }
      }
    }
    return Optional.ofNullable(all);
  }

  private static Reach both(Reach a, Reach b) {
    TrafficSet allowed = a.allowed().and(b.allowed());
    TrafficSet denied = a.denied().and(b.denied());
    return new Reach(allowed, TrafficSet.ALL.minus(allowed).minus(denied));
  }
}
