package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.engine.ReachMatrix.Cell;
import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.Surroundings;
import io.github.polverdict.questions.calls.CallJudge;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What all checks stand on: the bench, with the blocks of its documents and whom they select. */
final class Ground {
  private static final Set<String> MAKE_PODS =
      Set.of(
          "Pod",
          "Deployment",
          "DaemonSet",
          "StatefulSet",
          "ReplicaSet",
          "ReplicationController",
          "Job",
          "CronJob");

  private final Bench bench;
  private final List<Placed> blocks = new ArrayList<>();
  private final Map<String, List<Placed>> overlying = new HashMap<>();
  private final Map<String, List<Led>> led = new HashMap<>();
  private final List<Endpoint> inside;
  private final CallJudge calls;
  private final List<Endpoint> pods;

  /** A Service's port that leads to a port of an endpoint. */
  record Led(Service service, Service.Port port, int target) {}

  Ground(Bench bench) {
    this.bench = bench;
    this.inside =
        bench.universe().endpoints().stream()
            .filter(e -> e.kind() != Kind.EXTERNAL && e.kind() != Kind.NETWORK_SET)
            .toList();
    this.pods = inside.stream().filter(e -> e.kind() == Kind.POD).toList();
    this.calls = new CallJudge(bench);
    for (Plane plane : bench.model().planes()) {
      for (int order = 0; order < plane.tiers().size(); order++) {
        Tier tier = plane.tiers().get(order);
        for (Block block : tier.blocks()) {
          if (block.origin().isWritten()) {
            add(placed(plane, order, tier, block));
          }
        }
      }
    }
    for (Service service : bench.universe().services()) {
      for (Service.Port port : service.ports()) {
        for (Service.Backend backend : port.backends()) {
          led.computeIfAbsent(backend.endpoint(), _ -> new ArrayList<>())
              .add(new Led(service, port, backend.port()));
        }
      }
    }
  }

  private void add(Placed placed) {
    blocks.add(placed);
    for (Endpoint endpoint : placed.selected()) {
      overlying.computeIfAbsent(endpoint.id(), _ -> new ArrayList<>()).add(placed);
    }
  }

  private Placed placed(Plane plane, int order, Tier tier, Block block) {
    List<Endpoint> selected = new ArrayList<>();
    List<Endpoint> perhaps = new ArrayList<>();
    for (Endpoint endpoint : inside) {
      Truth truth = Selection.of(block.subject(), endpoint, plane);
      if (truth == Truth.YES) {
        selected.add(endpoint);
      } else if (truth == Truth.MAYBE) {
        perhaps.add(endpoint);
      }
    }
    return new Placed(new Placed.Place(plane, order, tier), block, selected, perhaps);
  }

  /** Every block that a document makes, plane by plane and tier by tier. */
  List<Placed> blocks() {
    return blocks;
  }

  /** The blocks by the policy that they are of, in the order of their documents. */
  Map<String, List<Placed>> policies() {
    Map<String, List<Placed>> out = new LinkedHashMap<>();
    blocks.forEach(b -> out.computeIfAbsent(b.block().name(), _ -> new ArrayList<>()).add(b));
    return out;
  }

  /** Pods and nodes. */
  List<Endpoint> inside() {
    return inside;
  }

  /** Ranges of addresses outside of the cluster. */
  List<Endpoint> outside() {
    return calls.outside();
  }

  List<Endpoint> pods() {
    return pods;
  }

  Inventory inventory() {
    return bench.inventory();
  }

  Surroundings surroundings() {
    return bench.surroundings();
  }

  Bench bench() {
    return bench;
  }

  /** Whether every engine is only assumed, so that what is special of one is no fact. */
  boolean assumed() {
    return inventory().engines().stream().allMatch(Inventory.Engine::assumed);
  }

  /** Whether pods of the namespace may be missing from the input; of any when it is empty. */
  boolean podsMayBeMissing(String namespace) {
    return inventory().missing().stream()
        .filter(m -> m.kinds().isEmpty() || m.kinds().stream().anyMatch(MAKE_PODS::contains))
        .anyMatch(
            m -> m.namespace().isEmpty() || namespace.isEmpty() || m.namespace().equals(namespace));
  }

  /** Names of all namespaces that have pods. */
  Set<String> inhabited() {
    Set<String> out = new TreeSet<>();
    inside.stream().filter(e -> e.kind() != Kind.NODE).forEach(e -> out.add(e.namespace()));
    return out;
  }

  /** Whether a peer is the endpoint by its addresses of any family. */
  Truth is(PeerSpec peer, Endpoint endpoint, Plane plane) {
    Truth out = Truth.NO;
    for (Family family : bench.families()) {
      out = out.or(Selection.of(peer, endpoint, plane, family));
    }
    return out;
  }

  /** What becomes of calls. */
  CallJudge calls() {
    return calls;
  }

  /** What may pass for sure or perhaps from one endpoint to another, over any family. */
  TrafficSet possible(Endpoint from, Endpoint to) {
    TrafficSet out = TrafficSet.NONE;
    for (Family family : calls.families(from, to)) {
      Cell cell = bench.matrix(family).cell(from, to);
      out = out.or(cell.allowed()).or(cell.unknown());
    }
    return out;
  }

  /** What becomes of a flow to an endpoint; the best verdict of all families. */
  Optional<Verdict> judge(Endpoint from, Endpoint to, Sample traffic) {
    return calls.judge(from, to, traffic);
  }

  /** What becomes of a call of a Service's cluster address; the best verdict of all families. */
  Optional<Verdict> judge(Endpoint from, Service service, Sample traffic) {
    return calls.judge(from, service, traffic);
  }

  Optional<Service> service(String id) {
    return calls.service(id);
  }

  /** The blocks that surely select an endpoint for a direction. */
  List<Placed> over(Endpoint endpoint, Direction direction) {
    return overlying.getOrDefault(endpoint.id(), List.of()).stream()
        .filter(b -> b.block().direction() == direction)
        .toList();
  }

  /** The ports of Services that lead to an endpoint. */
  List<Led> led(Endpoint endpoint) {
    return led.getOrDefault(endpoint.id(), List.of());
  }

  /** A name that no NetworkPolicy of the namespace has: a patch never replaces one. */
  String freeName(String namespace, String wanted) {
    String name = wanted;
    for (int i = 2;
        document(inventory(), "NetworkPolicy " + namespace + "/" + name).isPresent();
        i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  /** The policy document behind an origin, by the name of its object. */
  static Optional<Origin> document(Inventory inventory, String object) {
    return inventory.policies().stream()
        .filter(p -> p.name().equals(object))
        .map(Inventory.PolicyDocument::origin)
        .findFirst();
  }
}
