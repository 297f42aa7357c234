package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Small clusters of every kind of endpoint, with facts missing, under generated policies. */
final class Worlds {
  static final List<String> KEYS = List.of("app", "tier");
  static final List<String> VALUES = List.of("red", "blue");
  static final List<String> NODES = List.of("n1", "n2");
  static final List<Integer> NUMBERS = List.of(80, 81);

  /** TCP ports that tell the generated policies apart. */
  static final List<Integer> ASKED = List.of(79, 80, 81, 85, 91);

  static final Origin HERE = new Origin.Said("generated");

  /**
   * Addresses that every generated range has or has not as a whole: pods' 0 and 1, nodes' 2 and 3,
   * outside 4 and 5.
   */
  static final List<IpAddress> SPOTS =
      List.of(
          spot("10.0.0.1"),
          spot("10.0.0.2"),
          spot("10.0.1.1"),
          spot("10.0.1.2"),
          spot("192.0.2.7"),
          spot("198.51.100.9"),
          spot("fd00::1"),
          spot("fd00::2"),
          spot("2001:db8::7"));

  /** A model and the endpoints it judges. */
  record World(PolicyModel model, Universe universe) {}

  private final Choices choose;

  private Worlds(Choices choose) {
    this.choose = choose;
  }

  static World of(Choices choose) {
    Worlds worlds = new Worlds(choose);
    Policies policies = new Policies(choose);
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i <= (choose.oneIn(4) ? 1 : 0); i++) {
      planes.add(policies.plane("plane" + i));
    }
    return new World(new PolicyModel(planes, List.of()), worlds.universe());
  }

  private static IpAddress spot(String address) {
    return IpAddress.parse(address).orElseThrow();
  }

  private Universe universe() {
    List<Endpoint> out = new ArrayList<>();
    Labels ofA = labels("namespace a", !choose.oneIn(8));
    Map<String, Labels> namespaces = Map.of("a", ofA, "b", labels("namespace b", true));
    for (int i = 0; i < 3; i++) {
      String namespace = choose.of(List.of("a", "b"));
      Labels labels = labels("p" + i, !choose.oneIn(7));
      Facts facts =
          new Facts(
              namespace,
              labels,
              namespaces.getOrDefault(namespace, Labels.NONE),
              choose.oneIn(3) ? "robot" : "default",
              labels("service account of p" + i, !choose.oneIn(9)),
              labels("node of p" + i, !choose.oneIn(9)));
      out.add(pod(namespace + "/p" + i, facts, choose.oneIn(7) ? Kind.HOST_POD : Kind.POD));
    }
    for (int i = 0; i < NODES.size(); i++) {
      out.add(node(NODES.get(i), IpSet.of(SPOTS.get(2 + i))));
    }
    IpSet outside = IpSet.of(SPOTS.get(4));
    out.add(other("outside", Kind.EXTERNAL, outside));
    if (choose.oneIn(3)) {
      out.add(other("listed", Kind.NETWORK_SET, outside.or(IpSet.of(SPOTS.get(5)))));
    }
    return new Universe(out, List.of());
  }

  private Endpoint pod(String id, Facts facts, Kind kind) {
    Optional<String> node = choose.oneIn(6) ? Optional.empty() : Optional.of(choose.of(NODES));
    List<NamedPort> ports = new ArrayList<>();
    if (choose.oneIn(2)) {
      ports.add(new NamedPort("web", Protocol.TCP, choose.of(NUMBERS), choose.oneIn(5)));
    }
    return new Endpoint(id, kind, new Owner("Pod", id), facts, addresses(), ports, node, HERE);
  }

  private Addresses addresses() {
    IpSet one = IpSet.of(choose.of(SPOTS.subList(0, 2)));
    IpSet both = IpSet.of(SPOTS.get(0)).or(IpSet.of(SPOTS.get(1)));
    IpSet six = choose.oneIn(3) ? IpSet.NONE : IpSet.of(choose.of(SPOTS.subList(6, 8)));
    return switch (choose.below(10)) {
      case 0 -> Addresses.within(both);
      case 1 -> Addresses.exactly(both.or(six));
      default -> Addresses.exactly(one.or(six));
    };
  }

  private Endpoint node(String name, IpSet address) {
    Facts facts =
        choose.oneIn(3) ? new Facts("", labels("node " + name, true), Labels.NONE, "") : Facts.NONE;
    return new Endpoint(
        "node/" + name,
        Kind.NODE,
        new Owner("Node", name),
        facts,
        Addresses.exactly(address),
        List.of(),
        Optional.of(name),
        HERE);
  }

  private static Endpoint other(String id, Kind kind, IpSet addresses) {
    return new Endpoint(
        id,
        kind,
        new Owner("", id),
        Facts.NONE,
        Addresses.exactly(addresses),
        List.of(),
        Optional.empty(),
        HERE);
  }

  private Labels labels(String of, boolean complete) {
    Map<String, String> known = new TreeMap<>();
    for (String key : KEYS) {
      if (!choose.oneIn(3)) {
        known.put(key, choose.of(VALUES));
      }
    }
    Doubt why = new Doubt.NotReadable("labels of " + of, "forbidden", HERE);
    return complete ? Labels.of(known) : new Labels(known, Optional.of(why));
  }

  /** What the source of a path called, as something outside. */
  static Endpoint called(Path path) {
    return outside(path.at());
  }

  static Endpoint end(Path path, Passage.End which) {
    return which == Passage.End.SOURCE ? path.from() : path.to();
  }

  /** One end of a path, as something outside. */
  static Endpoint outsider(Endpoint end) {
    return outside(end.addresses());
  }

  private static Endpoint outside(Addresses addresses) {
    return new Endpoint(
        "called",
        Kind.EXTERNAL,
        new Endpoint.Owner("", "called"),
        Endpoint.Facts.NONE,
        addresses,
        List.of(),
        Optional.empty(),
        HERE);
  }
}
