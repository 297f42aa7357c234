package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Universe;
import java.util.List;
import java.util.Optional;

/** Endpoints that a gate takes the other end for. */
final class Guises {
  /** The outside without an address: of all ranges only whole families match it. */
  static final Endpoint WORLD = synthetic("the outside", Kind.EXTERNAL, Addresses.within(IpSet.ALL));

  private Guises() {}

  static Endpoint of(Guise guise, Endpoint from, Endpoint to, Universe universe) {
    return switch (guise) {
      case Guise.World _ -> WORLD;
      case Guise.SomeNode _ -> someNode(universe);
      case Guise.NodeOf(End end) -> nodeOf(end == End.SOURCE ? from : to, universe);
      case Guise.TunnelOf(var addresses) -> {
        IpSet tunnel = from.node().map(addresses::get).orElse(null);
        Endpoint node = nodeOf(from, universe);
        yield tunnel == null ? node : with(node, Addresses.exactly(tunnel));
      }
    };
  }

  private static Endpoint nodeOf(Endpoint endpoint, Universe universe) {
    return endpoint.node().flatMap(universe::node).orElseGet(() -> someNode(universe));
  }

  private static Endpoint someNode(Universe universe) {
    IpSet all =
        IpSet.union(
            universe.endpoints().stream()
                .filter(e -> e.kind() == Kind.NODE)
                .map(e -> e.addresses().set())
                .toList());
    return synthetic("a node", Kind.NODE, Addresses.within(all.isEmpty() ? IpSet.ALL : all));
  }

  private static Endpoint synthetic(String id, Kind kind, Addresses addresses) {
    return new Endpoint(
        id,
        kind,
        new Owner("", id),
        Facts.NONE,
        addresses,
        List.of(),
        Optional.empty(),
        new Origin.Said("the datapath"));
  }

  private static Endpoint with(Endpoint node, Addresses addresses) {
    return new Endpoint(
        node.id(), node.kind(), node.owner(), node.facts(), addresses, List.of(), node.node(), node.origin());
  }
}
