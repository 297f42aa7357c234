package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.questions.Exemption;
import io.github.polverdict.questions.Refusal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a baseline demands of each namespace of a cluster. */
final class Demands {
  private final Baseline baseline;
  private final Map<String, Wanted> byNamespace = new TreeMap<>();
  private final Set<Baseline.Group> chosen = new HashSet<>();
  private final Set<String> leftOut = new TreeSet<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /**
   * What is demanded of one namespace.
   *
   * @param group empty for those in none
   * @param unsure why another group may be meant; empty when not
   * @param waived the exceptions by the items that they are for
   */
  record Wanted(
      String group,
      String unsure,
      Labels labels,
      Map<Item, Demand> demands,
      Map<Item, Exemption> waived) {
    Demand of(Item item) {
      return demands.getOrDefault(item, Demand.ANY);
    }

    /** The demands without those that an exception is for, ended or not. */
    Map<Item, Demand> enforced() {
      Map<Item, Demand> out = new EnumMap<>(Item.class);
      out.putAll(demands);
      out.keySet().removeAll(waived.keySet());
      out.values().removeIf(d -> d == Demand.ANY);
      return out;
    }
  }

  /**
   * Looks up each namespace.
   *
   * @param only the namespaces to look at; all when it is empty
   */
  Demands(Baseline baseline, Map<String, Labels> namespaces, Set<String> only) {
    this.baseline = baseline;
    namespaces.forEach((name, labels) -> {
      if (baseline.system().holds(name, labels) == Truth.YES) {
        leftOut.add(name);
        namedTwice(name);
      } else if (only.isEmpty() || only.contains(name)) {
        byNamespace.put(name, wanted(name, labels));
      }
    });
    only.stream().sorted().filter(n -> !byNamespace.containsKey(n)).forEach(this::refuseNamespace);
  }

  private void refuseNamespace(String name) {
    refuse(
        leftOut.contains(name)
            ? "namespace %s is left alone: it is a system namespace of the baseline".formatted(name)
            : "there is no namespace '%s' here".formatted(name));
  }

  private void namedTwice(String name) {
    baseline.groups().stream()
        .filter(g -> g.namespaces().names().contains(name))
        .forEach(g ->
            refuse(
                "namespace %s is a system namespace and in group %s (%s): take it out of one of the two"
                    .formatted(name, g.name(), g.origin().text())));
  }

  private void refuse(String message) {
    refusals.add(new Refusal("PV710", message, List.of()));
  }

  private Wanted wanted(String name, Labels labels) {
    Map<Item, Demand> demands = new EnumMap<>(Item.class);
    Map<Item, Baseline.Group> from = new EnumMap<>(Item.class);
    List<String> groups = new ArrayList<>();
    List<String> unsure = new ArrayList<>();
    demands.putAll(baseline.defaults());
    for (Baseline.Group group : baseline.groups()) {
      switch (group.namespaces().holds(name, labels)) {
        case NO -> {}
        case MAYBE -> {
          chosen.add(group);
          unsure.add("whether it is in group " + group.name() + ", for its labels are not known");
        }
        case YES -> {
          groups.add(group.name());
          chosen.add(group);
          group
              .demands()
              .forEach((item, demand) -> {
                Baseline.Group before = from.put(item, group);
                if (before != null && before.demands().get(item) != demand) {
                  contradiction(name, item, before, group);
                }
                demands.put(item, demand);
              });
        }
      }
    }
    Map<Item, Exemption> waived = new EnumMap<>(Item.class);
    baseline.exceptions().stream()
        .filter(e -> e.namespaces().holds(name, labels) == Truth.YES)
        .forEach(e -> e.items().forEach(item -> waived.putIfAbsent(item, e.why())));
    return new Wanted(String.join("-", groups), String.join("; ", unsure), labels, demands, waived);
  }

  private void contradiction(String name, Item item, Baseline.Group a, Baseline.Group b) {
    refuse(
        "namespace %s is in group %s, which says %s: %s (%s), and in group %s, which says %s: %s (%s)"
            .formatted(
                name,
                a.name(),
                item.key(),
                word(a, item),
                a.origin().text(),
                b.name(),
                item.key(),
                word(b, item),
                b.origin().text()));
  }

  private static String word(Baseline.Group group, Item item) {
    return String.valueOf(group.demands().get(item)).toLowerCase(Locale.ROOT);
  }

  /** What keeps the baseline from being asked; none when nothing does. */
  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** By namespace, in the order of their names. */
  Map<String, Wanted> all() {
    return byNamespace;
  }

  Optional<Wanted> of(String namespace) {
    return Optional.ofNullable(byNamespace.get(namespace));
  }

  /** Whether some namespace is in a group, or may be. */
  boolean chosen(Baseline.Group group) {
    return chosen.contains(group);
  }

  /** Namespaces of the system, sorted. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }
}
