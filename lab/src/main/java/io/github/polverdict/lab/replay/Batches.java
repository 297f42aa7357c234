package io.github.polverdict.lab.replay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scenarios that do not notice each other in one cluster. Those that others may notice are alone;
 * the others share one as long as they agree on port names and claim no node port twice.
 */
final class Batches {
  private static final int PODS = 60;

  private final Set<String> policies;
  private final List<List<Case>> all = new ArrayList<>();

  private Batches(Set<String> policies) {
    this.policies = policies;
  }

  static List<List<Case>> of(List<Case> cases, Set<String> policies) {
    Batches out = new Batches(policies);
    cases.forEach(out::add);
    return out.all;
  }

  private void add(Case one) {
    if (!one.isAlone(policies)) {
      for (List<Case> batch : all) {
        int pods = batch.stream().mapToInt(Case::pods).sum();
        if (pods + one.pods() <= PODS && batch.stream().allMatch(other -> agree(one, other))) {
          batch.add(one);
          return;
        }
      }
    }
    all.add(new ArrayList<>(List.of(one)));
  }

  private boolean agree(Case one, Case other) {
    Set<String> both = new HashSet<>(one.claims());
    both.retainAll(other.claims());
    Map<String, Set<String>> names = other.portNames();
    return !other.isAlone(policies)
        && both.isEmpty()
        && one.portNames().entrySet().stream()
            .allMatch(n -> names.getOrDefault(n.getKey(), n.getValue()).equals(n.getValue()));
  }
}
