package io.github.polverdict.questions.inspect;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Inventory;
import java.util.Map;
import java.util.TreeMap;

/** What enforces here, what does each policy come to, and what could not be read? */
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
    return new InspectAnswer(
        bench.name(),
        inventory.engines(),
        inventory.policies().stream().map(standings::of).toList(),
        endpoints,
        inventory.kinds(),
        inventory.unread(),
        inventory.missing(),
        bench.findings());
  }
}
