package io.github.polverdict.workbench.exchange;

import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.snapshot.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The EndpointSlices and Endpoints that a controller makes of a Service's selector and the pods. In
 * a mixed cluster they are those of one side where all that they are made of is from there; else
 * they are left out, and the selector says where the Service leads.
 */
final class Slices {
  private final Parts a;
  private final Parts b;
  private final Map<String, Set<Ingredient>> madeOf = new HashMap<>();

  /** From which side a part of a mixed cluster is. */
  enum Side {
    A,
    B,
    BOTH
  }

  Slices(Parts a, Parts b) {
    this.a = a;
    this.b = b;
    Set<String> services = new TreeSet<>(a.services());
    services.addAll(b.services());
    Map<String, List<String>> ofNamespace = new HashMap<>();
    for (String service : services) {
      madeOf.put(service, new HashSet<>(Set.of(new Ingredient(Kind.SERVICE, service))));
      ofNamespace.computeIfAbsent(namespace(service), _ -> new ArrayList<>()).add(service);
    }
    Set<Ingredient> all = new TreeSet<>(a.all());
    all.addAll(b.all());
    for (Ingredient part : all) {
      if (part.kind() == Kind.WORKLOAD) {
        Set<Map<String, String>> labels = labels(part);
        ofNamespace.getOrDefault(namespace(part.name()), List.of()).stream()
            .filter(s -> labels.stream().anyMatch(l -> selects(s, l)))
            .forEach(s -> madeOf.computeIfAbsent(s, _ -> new HashSet<>()).add(part));
      }
    }
  }

  private static String namespace(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  private Set<Map<String, String>> labels(Ingredient workload) {
    Set<Map<String, String>> out = new HashSet<>();
    Stream.concat(a.of(workload).stream(), b.of(workload).stream())
        .forEach(d -> out.add(Templates.labels(d)));
    return out;
  }

  private boolean selects(String service, Map<String, String> labels) {
    return Stream.of(a.selector(service), b.selector(service))
        .anyMatch(s -> !s.isEmpty() && labels.entrySet().containsAll(s.entrySet()));
  }

  /**
   * Those of a mixed cluster.
   *
   * @param sides from where each of its parts is
   */
  List<Document> of(Function<Ingredient, Side> sides) {
    List<Document> out = new ArrayList<>();
    madeOf.forEach((service, parts) -> {
      Set<Side> from = new HashSet<>();
      parts.forEach(p -> from.add(sides.apply(p)));
      if (from.equals(Set.of(Side.A))) {
        out.addAll(a.slices(service));
      } else if (from.equals(Set.of(Side.B))) {
        out.addAll(b.slices(service));
      }
    });
    return out;
  }
}
