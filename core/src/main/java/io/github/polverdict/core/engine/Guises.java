package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Endpoints that a gate takes the other end for. */
final class Guises {
  static final Origin DATAPATH = new Origin.Said("the datapath");

  /** The outside as such: of ranges, only those of a whole family have it. */
  static final Endpoint WORLD = outside("the outside", Addresses.within(IpSet.ALL));

  private final Universe universe;
  private final List<Endpoint> nodes;
  private final Labels shared;

  Guises(Universe universe) {
    this.universe = universe;
    this.nodes = universe.endpoints().stream().filter(e -> e.kind() == Kind.NODE).toList();
    Doubt which = new Doubt.KnownAtRuntime("which node it is", DATAPATH);
    Map<String, String> same = new HashMap<>();
    nodes.stream().findFirst().ifPresent(first -> same.putAll(first.facts().labels().known()));
    nodes.forEach(n -> same.entrySet().retainAll(n.facts().labels().known().entrySet()));
    Labels all = Labels.of(same);
    boolean alike =
        !nodes.isEmpty() && nodes.stream().allMatch(n -> n.facts().labels().equals(all));
    this.shared = alike ? all : new Labels(same, Optional.of(which));
  }

  /** The addresses by which a Service may be called. */
  Addresses called(Service service, Via via) {
    return switch (via) {
      case POD_ADDRESS, CLUSTER_IP -> Addresses.exactly(service.addresses());
      case LOAD_BALANCER -> Addresses.within(service.external());
      case NODE_PORT ->
          Addresses.within(IpSet.union(nodes.stream().map(n -> n.addresses().set()).toList()));
    };
  }

  /** What a gate takes the other end of a path for. */
  Endpoint of(Guise guise, Path path) {
    return guise instanceof Guise.Called
        ? outside("what was called", path.at())
        : of(guise, path.from(), path.to());
  }

  /** The same for a guise that depends on the ends only. */
  Endpoint of(Guise guise, Endpoint from, Endpoint to) {
    return switch (guise) {
      case Guise.Called _ -> outside("what was called", to.addresses());
      case Guise.World _ -> WORLD;
      case Guise.Outsider(End end) -> outsider(end == End.SOURCE ? from : to);
      case Guise.SomeNode(IpSet also) -> someNode("a node", List.of(also));
      case Guise.NodeOf(End end) -> nodeOf(end == End.SOURCE ? from : to, List.of());
      case Guise.TunnelOf(var addresses) -> {
        IpSet tunnel = from.node().map(addresses::get).orElse(null);
        Endpoint node = nodeOf(from, List.copyOf(addresses.values()));
        yield tunnel == null ? node : node.with(Addresses.exactly(tunnel));
      }
    };
  }

  private static Endpoint outsider(Endpoint end) {
    return outside(end.id() + " as outside", end.addresses());
  }

  private static Endpoint outside(String id, Addresses addresses) {
    return synthetic(id, Kind.EXTERNAL, Facts.NONE, addresses);
  }

  private Endpoint nodeOf(Endpoint endpoint, List<IpSet> orOneOf) {
    return switch (endpoint.kind()) {
      case POD, HOST_POD, NODE ->
          endpoint.node().isEmpty()
              ? someNode("the node of " + endpoint.id(), orOneOf)
              : universe.node(endpoint.node().get()).orElseGet(() -> someNode("a node", List.of()));
      case NETWORK_SET, EXTERNAL -> someNode("a node", List.of());
    };
  }

  private Endpoint someNode(String id, List<IpSet> orOneOf) {
    List<IpSet> sets = new ArrayList<>(orOneOf);
    nodes.forEach(n -> sets.add(n.addresses().set()));
    Facts facts = new Facts("", shared, Labels.NONE, "");
    return synthetic(
        id, Kind.NODE, facts, Addresses.within(nodes.isEmpty() ? IpSet.ALL : IpSet.union(sets)));
  }

  static boolean isWorld(Endpoint endpoint) {
    return endpoint.id().equals(WORLD.id());
  }

  /** Whether it is some node of the cluster, not known which. */
  static boolean isSomeNode(Endpoint endpoint) {
    return endpoint.kind() == Kind.NODE && endpoint.origin().equals(DATAPATH);
  }

  private static Endpoint synthetic(String id, Kind kind, Facts facts, Addresses addresses) {
    return new Endpoint(
        id, kind, new Owner("", id), facts, addresses, List.of(), Optional.empty(), DATAPATH);
  }
}
