package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.engine.ReachMatrix;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.questions.verify.choice.Lane.Piece;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Cuts traffic at a destination by everything that policies tell apart and by what is served there:
 * ports that its containers name and ports that Services lead to. TCP always; other protocols where
 * policies or containers speak of them.
 */
final class Pieces {
  private static final String SERVED = "s";
  private static final String OTHER = "o";

  private final List<TrafficSet> atoms;
  private final Map<String, TrafficSet> served = new HashMap<>();
  private final Set<Protocol> spoken = EnumSet.of(Protocol.TCP);
  private final Map<TrafficSet, List<Piece>> known = new HashMap<>();

  Pieces(ReachMatrix matrix, Universe universe) {
    this.atoms = matrix.atoms();
    for (Endpoint endpoint : universe.endpoints()) {
      endpoint.ports().forEach(p -> serve(endpoint.id(), p.protocol(), p.number()));
    }
    for (Service service : universe.services()) {
      for (Service.Port port : service.ports()) {
        port.backends().forEach(b -> serve(b.endpoint(), port.protocol(), b.port()));
      }
    }
    served.values().forEach(set -> collect(set, spoken));
    for (Protocol protocol : Protocol.values()) {
      if (atoms.stream().filter(a -> !a.numbers(protocol).isEmpty()).count() > 1) {
        spoken.add(protocol);
      }
    }
  }

  private static void collect(TrafficSet set, Set<Protocol> out) {
    for (Protocol protocol : Protocol.values()) {
      if (!set.numbers(protocol).isEmpty()) {
        out.add(protocol);
      }
    }
  }

  private void serve(String endpoint, Protocol protocol, int number) {
    served.merge(endpoint, TrafficSet.of(protocol, number, number), TrafficSet::or);
  }

  /** All pieces at a destination, in the order of protocols and numbers. */
  List<Piece> at(Endpoint destination) {
    return known.computeIfAbsent(served.getOrDefault(destination.id(), TrafficSet.NONE), this::cut);
  }

  private List<Piece> cut(TrafficSet own) {
    List<Piece> out = new ArrayList<>();
    for (int i = 0; i < atoms.size(); i++) {
      TrafficSet atom = atoms.get(i);
      for (Protocol protocol : spoken) {
        add(protocol, atom.and(own), i + SERVED, out);
        add(protocol, atom.minus(own), i + OTHER, out);
      }
    }
    return out;
  }

  private static void add(Protocol protocol, TrafficSet part, String name, List<Piece> out) {
    if (!part.numbers(protocol).isEmpty()) {
      List<int[]> ranges = part.numbers(protocol).ranges();
      int first = ranges.getFirst()[0];
      int last = ranges.getLast()[1];
      int second = Math.min(first + 1, ranges.getFirst()[1]);
      List<Integer> numbers = Stream.of(second, last, first).distinct().toList();
      out.add(new Piece(name, protocol, numbers, name.endsWith(SERVED)));
    }
  }

  /** The name of the piece that a port of a destination is in. */
  String name(Endpoint destination, Protocol protocol, int number) {
    boolean own = served.getOrDefault(destination.id(), TrafficSet.NONE).contains(protocol, number);
    for (int i = 0; i < atoms.size(); i++) {
      if (atoms.get(i).contains(protocol, number)) {
        return i + (own ? SERVED : OTHER);
      }
    }
    throw new IllegalArgumentException("no traffic is " + protocol + " " + number);
  }
}
