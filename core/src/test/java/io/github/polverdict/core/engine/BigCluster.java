package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.LabelIn;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster of some size under lifelike policies, every pod with a label of its own that a policy
 * asks for.
 */
final class BigCluster {
  private static final Origin HERE = new Origin.Said("generated");
  private static final Set<Kind> ALL_KINDS = Set.of(Kind.POD, Kind.HOST_POD, Kind.NODE);

  private final Choices choose = Choices.seeded(7);
  private final int pods;
  private final int namespaces;
  private final int policies;

  private BigCluster(int pods, int namespaces, int policies) {
    this.pods = pods;
    this.namespaces = namespaces;
    this.policies = policies;
  }

  static Worlds.World of(int pods, int namespaces, int policies) {
    BigCluster cluster = new BigCluster(pods, namespaces, policies);
    return new Worlds.World(cluster.model(), cluster.universe());
  }

  private Universe universe() {
    List<Endpoint> out = new ArrayList<>();
    int nodes = Math.max(2, pods / 30);
    for (int i = 0; i < nodes; i++) {
      String name = "n" + i;
      out.add(
          endpoint(
              "node/" + name,
              Kind.NODE,
              Facts.NONE,
              new Place(0xac100000L + i, Optional.of(name)),
              List.of()));
    }
    for (int i = 0; i < pods; i++) {
      int namespace = i % namespaces;
      Labels labels = Labels.of(Map.of("app", "app" + i / 7, "tier", "t" + i % 4, "pod", "p" + i));
      Labels of =
          Labels.of(
              Map.of(
                  "kubernetes.io/metadata.name",
                  "ns" + namespace,
                  "team",
                  "team" + namespace % 12));
      Facts facts = new Facts("ns" + namespace, labels, of, "default");
      List<NamedPort> ports = List.of(new NamedPort("web", Protocol.TCP, 8080 + i % 3, false));
      String id = "ns" + namespace + "/p" + i;
      out.add(
          endpoint(
              id,
              Kind.POD,
              facts,
              new Place(0x0a000000L + i, Optional.of("n" + i % nodes)),
              ports));
    }
    out.add(
        endpoint(
            "192.0.2.1",
            Kind.EXTERNAL,
            Facts.NONE,
            new Place(0xc0000201L, Optional.empty()),
            List.of()));
    return new Universe(out, List.of());
  }

  /** An IPv4 address as a number, and the node it is on. */
  private record Place(long address, Optional<String> node) {}

  private static Endpoint endpoint(
      String id, Kind kind, Facts facts, Place place, List<NamedPort> ports) {
    Addresses own = Addresses.exactly(IpSet.of(IpAddress.v4(place.address())));
    return new Endpoint(id, kind, new Owner("Pod", id), facts, own, ports, place.node(), HERE);
  }

  private PolicyModel model() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < policies; i++) {
      Selector namespace = new Selector.InNamespace("ns" + i % namespaces);
      boolean whole = i < namespaces; // one default deny for each namespace
      Selector own =
          label(
              Scope.ENDPOINT,
              "pod",
              "p" + (i * 37L % pods / namespaces * namespaces + i % namespaces));
      Selector inside = Selector.and(Selector.pods(), namespace);
      Selector subject = whole ? inside : Selector.and(Selector.pods(), namespace, own);
      Direction direction = i % 3 == 0 ? Direction.EGRESS : Direction.INGRESS;
      List<Rule> rules = new ArrayList<>();
      for (int r = 0; r < (whole ? 0 : 1 + choose.below(4)); r++) {
        rules.add(Rule.allow(List.of(peer(i)), List.of(traffic()), HERE));
      }
      blocks.add(new Block("policy " + i, subject, direction, true, rules, List.of(), HERE));
    }
    Passage ownNode =
        new Passage(
            new PeerSpec.Selected(new Selector.OfKind(Set.of(Kind.NODE))),
            new PeerSpec.Selected(Selector.pods()),
            TrafficSet.ALL,
            Set.of(),
            Passage.Where.SAME_NODE,
            new Effect.Bypass(Direction.INGRESS),
            List.of(),
            HERE);
    View view =
        new View(true, List.of(new View.LabelPattern(Scope.ENDPOINT, "pod-template-hash", false)));
    List<Tier> tiers = List.of(new Tier("NetworkPolicy", blocks, Action.DENY));
    Plane plane =
        new Plane(
            "plane",
            Optional.empty(),
            view,
            tiers,
            List.of(ownNode),
            Traits.USUAL,
            Action.ALLOW,
            List.of());
    return new PolicyModel(List.of(plane), List.of());
  }

  private static Selector label(Scope scope, String key, String value) {
    return new LabelIn(scope, key, Set.of(value));
  }

  private PeerSpec peer(int policy) {
    Selector namespace = new Selector.InNamespace("ns" + policy % namespaces);
    return switch (choose.below(6)) {
      case 0 -> selected(namespace, label(Scope.ENDPOINT, "tier", "t" + choose.below(4)));
      case 1 -> selected(label(Scope.NAMESPACE, "team", "team" + choose.below(12)));
      case 2 ->
          selected(
              label(
                  Scope.NAMESPACE, "kubernetes.io/metadata.name", "ns" + choose.below(namespaces)),
              label(Scope.ENDPOINT, "app", "app" + choose.below(1 + pods / 7)));
      case 3 -> selected(label(Scope.ENDPOINT, "pod", "p" + choose.below(pods)));
      case 4 -> {
        long base = 0x0a000000L + choose.below(pods) / 16 * 16;
        yield new PeerSpec.InRange(
            IpSet.of(IpAddress.v4(base), IpAddress.v4(base + 15)), ALL_KINDS);
      }
      default -> selected(namespace);
    };
  }

  private static PeerSpec selected(Selector... also) {
    List<Selector> all = new ArrayList<>(List.of(Selector.pods()));
    all.addAll(List.of(also));
    return new PeerSpec.Selected(new Selector.And(all));
  }

  private TrafficSpec traffic() {
    return switch (choose.below(6)) {
      case 0 -> TrafficSpec.ALL;
      case 1 ->
          new TrafficSpec.Named(
              List.of(new PortName(Protocol.TCP, "web")),
              Resolution.ON_THE_DESTINATION,
              Selector.pods(),
              false,
              TrafficSet.NONE);
      case 2 -> new TrafficSpec.Numeric(TrafficSet.of(Protocol.UDP, 53, 53));
      default -> {
        int port = 8000 + choose.below(48);
        yield new TrafficSpec.Numeric(TrafficSet.of(Protocol.TCP, port, port));
      }
    };
  }
}
