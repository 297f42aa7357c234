package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The evaluator for a whole cluster: who reaches whom by the own address, on what, two bits a cell.
 * Gates are worked out for classes of endpoints, when first asked for; not safe for several
 * threads.
 */
public final class ReachMatrix {
  private static final Cell OPEN = new Cell(TrafficSet.ALL, TrafficSet.NONE);

  private final EndpointClasses classes;
  private final TrafficAtoms atoms;
  private final List<Sweep> planes = new ArrayList<>();
  private final boolean placesMatter;
  private final Map<GateKey, List<List<GateSweep.Result>>> gates = new HashMap<>();
  private final Map<BitSet, TrafficSet> traffic = new HashMap<>();

  /**
   * What one endpoint may send to another.
   *
   * @param allowed surely
   * @param unknown perhaps; everything else surely not
   */
  public record Cell(TrafficSet allowed, TrafficSet unknown) {}

  private record GateKey(Direction direction, int subject, Where where) {}

  private ReachMatrix(PolicyModel model, Universe universe, Family family) {
    Ports ports = new Ports(universe);
    classes = new EndpointClasses(model, universe, family, ports);
    atoms = new TrafficAtoms(traffic(model, ports));
    for (Plane plane : model.planes()) {
      planes.add(new Sweep(plane, universe, classes, atoms, family, ports));
    }
    placesMatter =
        model.planes().stream()
            .flatMap(p -> p.passages().stream())
            .anyMatch(p -> p.where() != Passage.Where.ANY);
  }

  /** The matrix of one address family. */
  public static ReachMatrix of(PolicyModel model, Universe universe, Family family) {
    return new ReachMatrix(model, universe, family);
  }

  private Set<TrafficSet> traffic(PolicyModel model, Ports ports) {
    Set<TrafficSet> out = new LinkedHashSet<>();
    for (Plane plane : model.planes()) {
      plane.passages().forEach(p -> out.add(p.traffic()));
      for (Tier tier : plane.tiers()) {
        for (Block block : tier.blocks()) {
          for (Rule rule : block.rules()) {
            rule.traffic().forEach(spec -> meant(spec, plane, ports, out));
          }
        }
      }
    }
    return out;
  }

  private void meant(TrafficSpec spec, Plane plane, Ports ports, Set<TrafficSet> out) {
    int destinations =
        spec instanceof TrafficSpec.Numeric ? Math.min(1, classes.size()) : classes.size();
    for (int c = 0; c < destinations; c++) {
      Ports.Resolved meant = ports.resolved(spec, classes.representative(c), plane.view());
      out.add(meant.sure());
      out.add(meant.perhaps());
    }
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

  public TrafficSet allowed(Endpoint from, Endpoint to) {
    return cell(from, to).allowed();
  }

  public TrafficSet unknown(Endpoint from, Endpoint to) {
    return cell(from, to).unknown();
  }

  /** What one endpoint may send to another by its own address. */
  public Cell cell(Endpoint from, Endpoint to) {
    Where where = Where.of(from, to);
    if (where == Where.ITSELF) {
      return OPEN;
    }
    int source = classes.of(from);
    int destination = classes.of(to);
    BitSet mayAllow = all();
    BitSet mayDeny = new BitSet();
    combine(new Side(Direction.EGRESS, source, destination, where), from.kind(), mayAllow, mayDeny);
    combine(new Side(Direction.INGRESS, destination, source, where), to.kind(), mayAllow, mayDeny);
    BitSet sure = (BitSet) mayAllow.clone();
    sure.andNot(mayDeny);
    BitSet unknown = mayAllow;
    unknown.andNot(sure);
    return new Cell(named(sure), named(unknown));
  }

  /** One gate of a pair of classes, and how the two stand to each other. */
  private record Side(Direction direction, int subject, int peer, Where where) {}

  private void combine(Side side, Kind kind, BitSet mayAllow, BitSet mayDeny) {
    if (kind == Kind.EXTERNAL || kind == Kind.NETWORK_SET) {
      return;
    }
    List<Where> worlds = placesMatter ? side.where().worlds() : List.of(Where.OTHER_NODE);
    for (int plane = 0; plane < planes.size(); plane++) {
      BitSet allows = new BitSet();
      BitSet denies = new BitSet();
      for (Where world : worlds) {
        for (GateSweep.Result r :
            gates(new GateKey(side.direction(), side.subject(), world)).get(plane)) {
          if (r.mayAllow().get(side.peer())) {
            allows.or(r.atoms());
          }
          if (r.mayDeny().get(side.peer())) {
            denies.or(r.atoms());
          }
        }
      }
      mayAllow.and(allows);
      mayDeny.or(denies);
    }
  }

  private List<List<GateSweep.Result>> gates(GateKey key) {
    List<List<GateSweep.Result>> known = gates.get(key);
    if (known == null) {
      known = new ArrayList<>();
      for (Sweep plane : planes) {
        known.add(
            new GateSweep(
                    plane, key.direction(), classes.representative(key.subject()), key.where())
                .results());
      }
      gates.put(key, known);
    }
    return known;
  }

  private BitSet all() {
    BitSet out = new BitSet(atoms.size());
    out.set(0, atoms.size());
    return out;
  }

  private TrafficSet named(BitSet some) {
    TrafficSet known = traffic.get(some);
    if (known == null) {
      known = atoms.traffic(some);
      traffic.put((BitSet) some.clone(), known);
    }
    return known;
  }
}
