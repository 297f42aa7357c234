package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.inspect.Strangers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which NetworkPolicies the new ones take the place of: those that select covered pods, and surely
 * no others. A default deny stays: it opens nothing, and it is for pods to come as well. Where
 * another policy isolates pods to come and goes, or a whole namespace is covered, a default deny is
 * written.
 */
final class Replaced {
  private static final Comparator<Pods> BY_NAMESPACE = Comparator.comparing(Pods::namespace);

  /** A NetworkPolicy's rules for one direction, and the plane that reads them so. */
  private record Part(Plane plane, Block block) {}

  private final Bench bench;
  private final Set<Pods> covered;
  private final Map<String, List<Part>> policies = new TreeMap<>();
  private final Set<String> names = new TreeSet<>();
  private final List<Draft> denies = new ArrayList<>();

  /**
   * Of the policies of a bench.
   *
   * @param whole the namespaces that are covered as such
   */
  Replaced(Bench bench, Set<Pods> covered, Set<String> whole) {
    this.bench = bench;
    this.covered = covered;
    for (Plane plane : bench.model().planes()) {
      plane.tiers().stream()
          .flatMap(t -> t.blocks().stream())
          .filter(b -> b.name().startsWith("NetworkPolicy "))
          .forEach(b ->
              policies.computeIfAbsent(b.name(), _ -> new ArrayList<>()).add(new Part(plane, b)));
    }
    policies.forEach((name, parts) -> {
      if (parts.stream().anyMatch(this::selectsCovered)
          && parts.stream().noneMatch(this::selectsOthers)) {
        names.add(name);
      }
    });
    Strangers strangers = new Strangers(bench);
    covered.stream()
        .sorted(BY_NAMESPACE)
        .map(p -> p.members().getFirst())
        .map(e -> strangers.newcomer(e.namespace(), e.facts().namespaceLabels()))
        .distinct()
        .forEach(newcomer -> newcomer(newcomer, whole.contains(newcomer.namespace())));
  }

  /** As {@code NetworkPolicy shop/web}. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** Whether a policy is there that is not replaced. */
  boolean stays(String policy) {
    return policies.containsKey(policy) && !names.contains(policy);
  }

  /** What keeps pods to come isolated. */
  List<Draft> denies() {
    return List.copyOf(denies);
  }

  private boolean selectsCovered(Part part) {
    return covered.stream()
        .flatMap(p -> p.members().stream())
        .anyMatch(e -> Selection.of(part.block().subject(), e, part.plane()) != Truth.NO);
  }

  private boolean selectsOthers(Part part) {
    return bench.universe().endpoints().stream()
        .filter(e -> e.kind() == Kind.POD && covered.stream().noneMatch(p -> p.has(e)))
        .anyMatch(e -> Selection.of(part.block().subject(), e, part.plane()) != Truth.NO);
  }

  private void newcomer(Endpoint newcomer, boolean whole) {
    Set<Direction> needed =
        whole ? EnumSet.allOf(Direction.class) : EnumSet.noneOf(Direction.class);
    Set<Direction> given = EnumSet.noneOf(Direction.class);
    policies.forEach((name, parts) -> {
      List<Part> own = parts.stream().filter(p -> isolates(p, newcomer)).toList();
      if (!own.isEmpty() && parts.stream().allMatch(p -> p.block().rules().isEmpty())) {
        names.remove(name);
      }
      (names.contains(name) ? needed : given)
          .addAll(own.stream().map(p -> p.block().direction()).toList());
    });
    needed.removeAll(given);
    if (!needed.isEmpty()) {
      List<String> types =
          needed.stream().map(d -> d == Direction.INGRESS ? "Ingress" : "Egress").toList();
      Pick all = new Pick(newcomer.namespace(), Map.of());
      denies.add(new Draft("default-deny", all, List.of(), List.of(), types));
    }
  }

  private static boolean isolates(Part part, Endpoint newcomer) {
    return part.block().isolates()
        && Selection.of(part.block().subject(), newcomer, part.plane()) == Truth.YES;
  }
}
