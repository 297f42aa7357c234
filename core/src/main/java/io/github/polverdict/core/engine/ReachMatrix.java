package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The evaluator for a whole cluster: who reaches whom by the own address, on what, two bits a cell.
 * Gates are worked out for classes of endpoints, when first asked for; not safe for several
 * threads.
 */
public final class ReachMatrix {
  private final Universe universe;
  private final Family family;
  private final Detours detours;
  private final boolean redirects;
  private final EndpointClasses classes;
  private final TrafficAtoms atoms;
  private final Patterns patterns;
  private final List<Sweep> planes = new ArrayList<>();
  private final List<int[]> worlds = new ArrayList<>(); // first plane and the one after the last
  private final List<Where> places;
  private final GateTable[] @Nullable [] gates; // by direction, place and class; then by plane

  /**
   * What one endpoint may send to another. Equal cells of one matrix are mostly one object.
   *
   * @param allowed surely
   * @param unknown perhaps; everything else surely not
   */
  public record Cell(TrafficSet allowed, TrafficSet unknown) {}

  private ReachMatrix(PolicyModel model, Universe universe, Family family) {
    Ports ports = new Ports(universe);
    this.universe = universe;
    this.family = family;
    this.detours = new Detours(model, universe);
    this.redirects = !detours.none();
    this.classes = new EndpointClasses(model, universe, family, ports);
    this.atoms = new TrafficAtoms(traffic(model, ports));
    this.patterns = new Patterns(atoms);
    Sweep.Ground ground = new Sweep.Ground(classes, atoms, patterns, new Guises(universe), ports);
    for (List<Plane> world : model.worlds()) {
      int first = planes.size();
      world.forEach(plane -> planes.add(new Sweep(plane, ground)));
      worlds.add(new int[] {first, planes.size()});
    }
    boolean placesMatter =
        model.planes().stream()
            .flatMap(p -> p.passages().stream())
            .anyMatch(p -> Sweep.isDirect(p) && p.where() != Passage.Where.ANY);
    this.places =
        placesMatter ? List.of(Where.OTHER_NODE, Where.SAME_NODE) : List.of(Where.OTHER_NODE);
    this.gates = new GateTable[Direction.values().length * places.size() * classes.size()][];
  }

  /** The matrix of one address family. */
  public static ReachMatrix of(PolicyModel model, Universe universe, Family family) {
    return new ReachMatrix(model, universe, family);
  }

  /** Everything that cuts the traffic. */
  private Set<TrafficSet> traffic(PolicyModel model, Ports ports) {
    Set<TrafficSet> out = new LinkedHashSet<>();
    for (Plane plane : model.planes()) {
      for (Passage passage : plane.passages()) {
        out.add(passage.traffic());
        if (passage.effect() instanceof Passage.Effect.Inside in) {
          out.add(TrafficSet.of(in.protocol(), in.port(), in.port()));
        }
      }
      plane.tiers().stream()
          .flatMap(tier -> tier.blocks().stream())
          .flatMap(block -> block.rules().stream())
          .map(Rule::traffic)
          .flatMap(List::stream)
          .filter(spec -> !EndpointClasses.dependsOnDestination(spec) && classes.size() > 0)
          .distinct()
          .forEach(spec -> add(ports.resolved(spec, classes.representative(0), plane.view()), out));
    }
    for (int c = 0; c < classes.size(); c++) {
      classes.meanings(c).forEach(meaning -> add(meaning.resolved(), out));
    }
    return out;
  }

  private static void add(Ports.Resolved resolved, Set<TrafficSet> out) {
    out.add(resolved.sure());
    out.add(resolved.perhaps());
  }

  /** How many kinds of endpoint the model tells apart. */
  public int classes() {
    return classes.size();
  }

  /**
   * The number of an endpoint's class, from 0; endpoints of one class differ by their place only.
   */
  public int classOf(Endpoint endpoint) {
    return classes.of(endpoint);
  }

  /**
   * All traffic in pieces that no rule of the model cuts: runs of numbers of one protocol, in the
   * order of protocols and numbers.
   */
  public List<TrafficSet> atoms() {
    return atoms.each();
  }

  public TrafficSet allowed(Endpoint from, Endpoint to) {
    return cell(from, to).allowed();
  }

  public TrafficSet unknown(Endpoint from, Endpoint to) {
    return cell(from, to).unknown();
  }

  /** What one endpoint may send to another by its own address. */
  public Cell cell(Endpoint from, Endpoint to) {
    return redirects ? detours.over(from, to, family, this::plainly) : plainly(from, to);
  }

  private Cell plainly(Endpoint from, Endpoint to) {
    Where where = Where.of(from, to);
    if (where == Where.ITSELF) {
      return itself(from);
    }
    int source = classes.of(from);
    int destination = classes.of(to);
    if (where == Where.MAYBE_ITSELF) {
      TrafficSet sure = cell(Where.NOT_KNOWN, source, destination).allowed();
      return new Cell(sure, TrafficSet.ALL.minus(sure));
    }
    return cell(where, source, destination);
  }

  /** What an endpoint may send to itself: everything but where a plane judges that, too. */
  private Cell itself(Endpoint endpoint) {
    int own = classes.of(endpoint);
    int either = -1;
    for (int[] world : worlds) {
      int out = patterns.open();
      for (int i = world[0]; i < world[1]; i++) {
        if (planes.get(i).judgesItself(endpoint)) {
          for (Direction direction : Direction.values()) {
            GateTable table = planes.get(i).gate(direction, own, Where.ITSELF);
            out = patterns.both(out, table.at(own));
          }
        }
      }
      either = either < 0 ? out : patterns.either(either, out);
    }
    return patterns.cell(either);
  }

  /** What all candidates agree on; where they differ both are possible. */
  private Cell cell(Where where, int source, int destination) {
    int either = -1;
    for (int[] world : worlds) {
      int out = gate(Direction.EGRESS, where, source, destination, world);
      int both = patterns.both(out, gate(Direction.INGRESS, where, destination, source, world));
      either = either < 0 ? both : patterns.either(either, both);
    }
    return patterns.cell(either);
  }

  /** The row of an endpoint: what it may send to each endpoint of the cluster, in their order. */
  public void forEachTarget(Endpoint from, BiConsumer<Endpoint, Cell> row) {
    for (Endpoint to : universe.endpoints()) {
      row.accept(to, cell(from, to));
    }
  }

  /**
   * What the planes of a world let pass at one gate. Where the place is not known, both are
   * possible.
   */
  private int gate(Direction direction, Where where, int subject, int peer, int[] world) {
    if (places.size() == 1 || where != Where.NOT_KNOWN) {
      int place = places.size() == 1 || where == Where.OTHER_NODE ? 0 : 1;
      int out = patterns.open();
      GateTable[] tables = gates(direction, place, subject);
      for (int i = world[0]; i < world[1]; i++) {
        out = patterns.both(out, tables[i].at(peer));
      }
      return out;
    }
    GateTable[] apart = gates(direction, 0, subject);
    GateTable[] together = gates(direction, 1, subject);
    int out = patterns.open();
    for (int i = world[0]; i < world[1]; i++) {
      out = patterns.both(out, patterns.either(apart[i].at(peer), together[i].at(peer)));
    }
    return out;
  }

  private GateTable[] gates(Direction direction, int place, int subject) {
    int index = (direction.ordinal() * places.size() + place) * classes.size() + subject;
    GateTable[] known = gates[index];
    if (known == null) {
      known = new GateTable[planes.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = planes.get(i).gate(direction, subject, places.get(place));
      }
      gates[index] = known;
    }
    return known;
  }
}
