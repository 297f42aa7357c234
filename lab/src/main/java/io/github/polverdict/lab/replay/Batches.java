package io.github.polverdict.lab.replay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scenarios whose pods stand in one cluster side by side: as long as they agree on the port names
 * that a policy of theirs speaks of, and do not want the same port of a node. Those with policies
 * for the whole cluster, or that may end an agent, take turns, and so stand apart from the others:
 * such a policy is work for every pod.
 */
final class Batches {
  /** For two nodes, each of which holds 250. */
  private static final int PODS = 240;

  private final Set<String> policies;
  private final List<List<Case>> all = new ArrayList<>();

  private Batches(Set<String> policies) {
    this.policies = policies;
  }

  /** The batches, the greatest last: pods that go are work, unless the lab goes with them. */
  static List<List<Case>> of(List<Case> cases, Set<String> policies) {
    Batches out = new Batches(policies);
    cases.forEach(out::add);
    out.all.sort(Comparator.comparingInt(Batches::pods));
    return out.all;
  }

  private static int pods(List<Case> batch) {
    return batch.stream().mapToInt(Case::pods).sum();
  }

  private void add(Case one) {
    for (List<Case> batch : all) {
      if (pods(batch) + one.pods() <= PODS && batch.stream().allMatch(other -> agree(one, other))) {
        batch.add(one);
        return;
      }
    }
    all.add(new ArrayList<>(List.of(one)));
  }

  private boolean agree(Case one, Case other) {
    Set<String> names = new HashSet<>(one.namesInPolicies(policies));
    names.addAll(other.namesInPolicies(policies));
    Map<String, Set<String>> numbers = other.portNames();
    return takesTurns(one, policies) == takesTurns(other, policies)
        && Collections.disjoint(one.hostPorts(), other.hostPorts())
        && one.portNames().entrySet().stream()
            .filter(n -> names.contains(n.getKey()))
            .allMatch(n -> numbers.getOrDefault(n.getKey(), n.getValue()).equals(n.getValue()));
  }

  /** The scenarios of a batch whose policies are there at the same time. */
  static List<List<Case>> turns(List<Case> batch, Set<String> policies) {
    return takesTurns(batch.getFirst(), policies)
        ? batch.stream().map(List::of).toList()
        : List.of(batch);
  }

  private static boolean takesTurns(Case one, Set<String> policies) {
    return one.isWide(policies) || one.isDeadly(policies);
  }
}
