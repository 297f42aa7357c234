package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the gates of one plane share: classes as peers, atoms of traffic, and remembered matches.
 */
final class Sweep {
  final Plane plane;
  final Guises guises;
  final EndpointClasses classes;
  final TrafficAtoms atoms;
  final Family family;
  private final Ports ports;
  private final Map<PeerSpec, Peers> peers = new HashMap<>();
  private final Map<TrafficSpec, List<Piece>> byDestination = new HashMap<>();

  /** Classes that surely match, and those that may. */
  record Peers(BitSet must, BitSet may) {}

  /**
   * Traffic that a specification stands for at some destinations.
   *
   * @param sure whether it surely does
   */
  record Piece(BitSet traffic, BitSet destinations, boolean sure) {}

  Sweep(
      Plane plane,
      Universe universe,
      EndpointClasses classes,
      TrafficAtoms atoms,
      Family family,
      Ports ports) {
    this.plane = plane;
    this.guises = new Guises(universe);
    this.classes = classes;
    this.atoms = atoms;
    this.family = family;
    this.ports = ports;
  }

  /** The classes that a peer specification matches, each seen as itself. */
  Peers peers(PeerSpec spec) {
    return peers.computeIfAbsent(
        spec,
        s -> {
          BitSet must = new BitSet(classes.size());
          BitSet may = new BitSet(classes.size());
          for (int c = 0; c < classes.size(); c++) {
            Match match = is(s, classes.representative(c));
            must.set(c, match.yes());
            may.set(c, !match.no());
          }
          return new Peers(must, may);
        });
  }

  Match is(PeerSpec spec, Endpoint endpoint) {
    return Matching.is(spec, endpoint, plane.view(), family);
  }

  /** What a specification stands for when the subject is the destination. */
  List<Piece> at(TrafficSpec spec, Endpoint destination) {
    return pieces(ports.resolved(spec, destination, plane.view()), all());
  }

  /** What a specification stands for at every class as destination. */
  List<Piece> atAll(TrafficSpec spec) {
    return byDestination.computeIfAbsent(
        spec,
        s -> {
          if (s instanceof TrafficSpec.Numeric) {
            return at(s, classes.representative(0));
          }
          Map<List<Object>, BitSet> groups = new LinkedHashMap<>();
          Map<List<Object>, Ports.Resolved> meant = new HashMap<>();
          for (int c = 0; c < classes.size(); c++) {
            Ports.Resolved resolved = ports.resolved(s, classes.representative(c), plane.view());
            List<Object> key =
                List.of(resolved.sure(), resolved.perhaps(), resolved.rest().truth());
            groups.computeIfAbsent(key, _ -> new BitSet()).set(c);
            meant.putIfAbsent(key, resolved);
          }
          List<Piece> out = new ArrayList<>();
          groups.forEach((key, some) -> out.addAll(pieces(meant.getOrDefault(key, NOTHING), some)));
          return out;
        });
  }

  private static final Ports.Resolved NOTHING =
      new Ports.Resolved(TrafficSet.NONE, TrafficSet.NONE, Match.NO);

  private List<Piece> pieces(Ports.Resolved meant, BitSet destinations) {
    List<Piece> out = new ArrayList<>();
    if (!meant.sure().isEmpty()) {
      out.add(new Piece(atoms.in(meant.sure()), destinations, true));
    }
    if (!meant.rest().no() && !meant.perhaps().isEmpty()) {
      out.add(new Piece(atoms.in(meant.perhaps()), destinations, meant.rest().yes()));
    }
    return out;
  }

  /** Every class. */
  BitSet all() {
    BitSet out = new BitSet(classes.size());
    out.set(0, classes.size());
    return out;
  }
}
