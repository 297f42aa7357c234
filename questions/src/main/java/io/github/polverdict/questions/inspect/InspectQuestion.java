package io.github.polverdict.questions.inspect;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.Inventory.Engine;
import io.github.polverdict.questions.Inventory.Reason;
import io.github.polverdict.questions.inspect.InspectAnswer.Enforcement;
import io.github.polverdict.questions.inspect.InspectAnswer.Extent;
import io.github.polverdict.questions.inspect.InspectAnswer.Node;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What enforces here, what are the defaults, and what does each policy and node come to? */
public record InspectQuestion() {

  public InspectAnswer ask(Bench bench) {
    Inventory inventory = bench.inventory();
    Map<String, Integer> endpoints = new TreeMap<>();
    for (Endpoint endpoint : bench.universe().endpoints()) {
      if (endpoint.kind() != Kind.EXTERNAL) {
        endpoints.merge(endpoint.kind().name(), 1, Integer::sum);
      }
    }
    Standings standings = new Standings(bench);
    List<Node> nodes = new NodeStandings(bench).all();
    return new InspectAnswer(
        bench.name(),
        enforcement(bench, nodes),
        inventory.platforms(),
        inventory.engines(),
        new Stances(bench).all(),
        nodes,
        inventory.policies().stream().map(standings::of).toList(),
        endpoints,
        inventory.kinds(),
        inventory.unread(),
        inventory.missing(),
        bench.findings());
  }

  private static Enforcement enforcement(Bench bench, List<Node> nodes) {
    List<String> by = bench.model().planes().stream().map(Plane::name).distinct().toList();
    String names = String.join(" and ", by);
    List<Engine> engines = bench.inventory().engines();
    if (!engines.isEmpty() && engines.stream().allMatch(Engine::assumed)) {
      return new Enforcement(Extent.NOT_KNOWN, List.of(), "no engine was seen or said");
    }
    if (by.isEmpty()) {
      String says =
          engines.stream()
              .flatMap(e -> e.because().stream())
              .map(Reason::says)
              .distinct()
              .collect(Collectors.joining("; "));
      return new Enforcement(Extent.NOT_ENFORCED, List.of(), "nothing enforces: " + says);
    }
    if (bench.model().planes().stream().allMatch(p -> p.traits().mode() == Mode.AUDITING)) {
      return new Enforcement(Extent.AUDIT_ONLY, by, names + " only notes what it would deny");
    }
    List<String> exempt =
        nodes.stream().filter(n -> n.exempt() && n.pods() > 0).map(Node::name).toList();
    return exempt.isEmpty()
        ? new Enforcement(Extent.ENFORCED, by, names + (by.size() > 1 ? ": all must allow" : ""))
        : new Enforcement(Extent.PARTLY, by, names + ", but not on " + String.join(", ", exempt));
  }
}
