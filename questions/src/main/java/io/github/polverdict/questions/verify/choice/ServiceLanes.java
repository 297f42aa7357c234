package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.questions.verify.choice.Lane.Pair;
import io.github.polverdict.questions.verify.choice.Lane.Piece;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lanes by a Service: one for each class of sources, port and kind of address; of pods that are
 * behind the Service, and through each kind of node, one of their own.
 */
final class ServiceLanes {
  private final Ends ends;
  private final Family family;
  private final Universe universe;

  ServiceLanes(Ends ends, Family family, Universe universe) {
    this.ends = ends;
    this.family = family;
    this.universe = universe;
  }

  /**
   * All lanes of the family.
   *
   * @param classes the members of each class
   */
  List<Lane> from(List<List<Endpoint>> classes) {
    List<Lane> out = new ArrayList<>();
    for (Service service : universe.services()) {
      if (!service.type().equals("ExternalName")) {
        for (Service.Port port : service.ports()) {
          for (Via via : List.of(Via.CLUSTER_IP, Via.NODE_PORT, Via.LOAD_BALANCER)) {
            lanes(new Called(service, port, via), classes, out);
          }
        }
      }
    }
    return out;
  }

  /** A port of a Service by one kind of address. */
  private record Called(Service service, Service.Port port, Via via) {
    int number() {
      return via == Via.NODE_PORT ? port.nodePort() : port.number();
    }

    Piece piece() {
      return new Piece("", port.protocol(), List.of(number()), true);
    }
  }

  /** The flow class of a flow through a Service, called at an address. */
  static FlowClass classOf(int source, Flow flow, Flow.Target.ToService to, Place place) {
    String name = name(to.service(), to.via(), flow.port(), flow.protocol());
    return new FlowClass(source, name, place, flow.family(), "");
  }

  private static String name(Service service, Via via, int port, Protocol protocol) {
    return service.id() + " " + via + " " + port + " " + protocol;
  }

  private void lanes(Called called, List<List<Endpoint>> classes, List<Lane> out) {
    if (called.number() == 0 || addresses(called).isEmpty()) {
      return;
    }
    for (int source = 0; source < classes.size(); source++) {
      String name = name(called.service(), called.via(), called.number(), called.port().protocol());
      FlowClass key = new FlowClass(source, name, Place.ANYWHERE, family, "");
      out.addAll(lanes(key, called, classes.get(source)));
    }
  }

  private List<Lane> lanes(FlowClass key, Called called, List<Endpoint> sources) {
    Map<Place, Lane> found = new EnumMap<>(Place.class);
    Optional<Lane> skipped = Optional.empty();
    for (Endpoint from : sources) {
      for (Endpoint node : called.via() == Via.NODE_PORT ? nodes() : List.of(from)) {
        Place place = place(called.via(), called.port(), from, node);
        if (found.containsKey(place) || !asked(called, from)) {
          continue;
        }
        Optional<String> why = ends.mute(from).or(() -> unrouted(called));
        if (why.isEmpty()) {
          Pair pair = new Pair(from, target(called), address(called, node));
          found.put(place, Lane.tried(key.at(place), pair, List.of(called.piece())));
        } else if (skipped.isEmpty()) {
          skipped = Optional.of(Lane.skipped(key, List.of(called.piece()), why.get()));
        }
      }
    }
    return found.isEmpty() ? skipped.stream().toList() : List.copyOf(found.values());
  }

  private static Flow.Target target(Called called) {
    return new Flow.Target.ToService(called.service(), called.via());
  }

  private boolean asked(Called called, Endpoint from) {
    return called.port().backends().stream()
            .flatMap(b -> universe.endpoint(b.endpoint()).stream())
            .anyMatch(to -> ends.asked(from, to))
        || (called.port().backends().isEmpty()
            && Kind.INSIDE.contains(from.kind())
            && ends.asked(from, from));
  }

  private static Optional<String> unrouted(Called called) {
    return called.port().backends().isEmpty()
        ? Optional.of("no endpoint behind the Service")
        : Optional.empty();
  }

  /** A pod behind the Service may come back to itself; through nodes it counts which one it is. */
  private static Place place(Via via, Service.Port port, Endpoint from, Endpoint node) {
    if (via == Via.NODE_PORT) {
      return from.node().equals(node.node()) ? Place.SAME_NODE : Place.OTHER_NODE;
    }
    boolean behind = port.backends().stream().anyMatch(b -> b.endpoint().equals(from.id()));
    return behind ? Place.ITSELF : Place.ANYWHERE;
  }

  /** The place of a flow that calls a Service at an address; empty when no such port is there. */
  static Optional<Place> place(Trial trial, Flow.Target.ToService to, Universe universe) {
    Flow flow = trial.flow();
    Endpoint node =
        universe.endpoints().stream()
            .filter(e -> e.kind() == Kind.NODE && e.addresses().set().contains(trial.at()))
            .findFirst()
            .orElse(flow.from());
    return to.service().ports().stream()
        .filter(p -> p.protocol() == flow.protocol())
        .filter(p -> (to.via() == Via.NODE_PORT ? p.nodePort() : p.number()) == flow.port())
        .findFirst()
        .map(p -> place(to.via(), p, flow.from(), node));
  }

  private List<IpAddress> addresses(Called called) {
    IpSet set = addresses(called.service(), called.via(), nodes());
    return set.of(family).ranges().stream().map(IpSet.Range::first).toList();
  }

  /** Where a Service is called in one way, by a node port at these nodes. */
  static IpSet addresses(Service service, Via via, List<Endpoint> nodes) {
    return switch (via) {
      case POD_ADDRESS -> IpSet.NONE;
      case CLUSTER_IP -> service.addresses();
      case LOAD_BALANCER -> service.external();
      case NODE_PORT -> IpSet.union(nodes.stream().map(n -> n.addresses().set()).toList());
    };
  }

  private IpAddress address(Called called, Endpoint node) {
    return called.via() == Via.NODE_PORT
        ? ends.called(node, family).orElseThrow()
        : addresses(called).getFirst();
  }

  private List<Endpoint> nodes() {
    return universe.endpoints().stream()
        .filter(e -> e.kind() == Kind.NODE && ends.called(e, family).isPresent())
        .toList();
  }
}
