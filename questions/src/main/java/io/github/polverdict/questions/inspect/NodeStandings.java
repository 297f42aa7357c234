package io.github.polverdict.questions.inspect;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.inspect.InspectAnswer.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says of every node which engines judge its pods, and whether policies reach the node itself. */
final class NodeStandings {
  private final Bench bench;

  NodeStandings(Bench bench) {
    this.bench = bench;
  }

  List<Node> all() {
    List<Node> out = new ArrayList<>();
    for (Endpoint node : bench.universe().endpoints()) {
      if (node.kind() == Kind.NODE) {
        out.add(of(node));
      }
    }
    return out;
  }

  private Node of(Endpoint node) {
    String name = node.owner().name();
    Set<String> judges = new LinkedHashSet<>();
    Set<String> auditors = new LinkedHashSet<>();
    Set<String> policies = new LinkedHashSet<>();
    for (Plane plane : bench.model().planes()) {
      if (plane.nodes().map(n -> n.contains(name)).orElse(true)) {
        (plane.traits().mode() == Mode.AUDITING ? auditors : judges).add(plane.name());
        policies.addAll(policiesOf(node, plane));
      }
    }
    boolean known = bench.model().candidates().isEmpty();
    return new Node(
        name,
        node.facts().labels().known().getOrDefault("kubernetes.io/os", ""),
        platforms(name),
        known ? List.copyOf(judges) : List.of(),
        known && judges.isEmpty(),
        known ? why(judges, auditors) : "which engine enforces is not known",
        count(name, Kind.POD),
        count(name, Kind.HOST_POD),
        known ? List.copyOf(policies) : List.of());
  }

  private static Set<String> policiesOf(Endpoint node, Plane plane) {
    Set<String> out = new LinkedHashSet<>();
    for (Tier tier : plane.tiers()) {
      for (Block block : tier.blocks()) {
        if (Selection.of(block.subject(), node, plane) != Truth.NO) {
          out.add(block.name());
        }
      }
    }
    return out;
  }

  private List<String> platforms(String node) {
    return bench.inventory().platforms().stream()
        .filter(p -> p.nodes().isEmpty() || p.nodes().contains(node))
        .map(Inventory.Platform::title)
        .toList();
  }

  private String why(Set<String> judges, Set<String> auditors) {
    if (!judges.isEmpty()) {
      return "";
    }
    if (!auditors.isEmpty()) {
      return String.join(" and ", auditors) + " only notes what it would deny";
    }
    return bench.model().planes().isEmpty()
        ? "nothing enforces in this cluster"
        : "no engine that enforces was seen on it";
  }

  private int count(String node, Kind kind) {
    return Math.toIntExact(
        bench.universe().endpoints().stream()
            .filter(e -> e.kind() == kind && e.node().filter(node::equals).isPresent())
            .count());
  }
}
