package io.github.polverdict.questions.auth;

import io.github.polverdict.core.model.rights.Feature;
import io.github.polverdict.core.model.rights.Grant;
import io.github.polverdict.questions.auth.AuthAnswer.Extent;
import io.github.polverdict.questions.auth.AuthAnswer.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which features work with what was granted?
 *
 * @param features all that there are, each after those that it needs
 * @param wanted the ids of those that are asked for; empty for all
 */
public record AuthQuestion(List<Feature> features, Collection<String> wanted) {
  public AuthQuestion {
    features = List.copyOf(features);
    wanted = List.copyOf(wanted);
  }

  /** The features whose rights matter: those asked for and all that they need. */
  public List<Feature> scope() {
    List<String> ids = features.stream().map(Feature::id).toList();
    Set<String> needed = new LinkedHashSet<>(wanted.isEmpty() ? ids : wanted);
    for (Feature feature : features.reversed()) {
      if (needed.contains(feature.id())) {
        needed.addAll(feature.needs());
        needed.addAll(feature.anyOf());
      }
    }
    return features.stream().filter(f -> needed.contains(f.id())).toList();
  }

  /** The rows of the features that were asked for, in order. */
  public List<Row> ask(List<Grant> grants) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Feature feature : scope()) {
      rows.put(feature.id(), row(feature, grants, rows));
    }
    return rows.values().stream().filter(r -> wanted.isEmpty() || wanted.contains(r.id())).toList();
  }

  /** What one thing that a feature needs makes of it. */
  private record Part(Extent extent, List<String> manifests, String because) {}

  private static Row row(Feature feature, List<Grant> grants, Map<String, Row> others) {
    List<Grant> own = grants.stream().filter(g -> feature.rights().contains(g.right())).toList();
    List<Grant> missing = own.stream().filter(g -> !g.complete()).toList();
    List<Part> parts = new ArrayList<>();
    feature.needs().forEach(id -> parts.add(need(id, others.get(id))));
    parts.add(
        new Part(
            own(feature, own, missing),
            missing.isEmpty() ? List.of() : List.of(feature.manifest()),
            ""));
    if (!feature.anyOf().isEmpty()) {
      parts.add(anyOf(feature.anyOf(), others));
    }
    return new Row(
        feature.id(),
        feature.says(),
        parts.stream().map(Part::extent).reduce(Extent.WORKS, AuthQuestion::worse),
        missing,
        parts.stream().flatMap(p -> p.manifests().stream()).distinct().toList(),
        parts.stream()
            .map(Part::because)
            .filter(s -> !s.isEmpty())
            .collect(Collectors.joining("; ")));
  }

  private static Part need(String id, @Nullable Row other) {
    if (other == null) {
      throw new IllegalStateException("feature " + id + " comes after one that needs it");
    }
    return switch (other.extent()) {
      case WORKS -> new Part(Extent.WORKS, List.of(), "");
      case PARTLY ->
          new Part(Extent.PARTLY, other.manifests(), "it needs " + id + ", which works partly");
      case DOES_NOT ->
          new Part(Extent.DOES_NOT, other.manifests(), "it needs " + id + ", which does not work");
    };
  }

  private static Part anyOf(List<String> ids, Map<String, Row> others) {
    Extent best = Extent.DOES_NOT;
    List<String> by = new ArrayList<>();
    for (String id : ids) {
      Row other = others.get(id);
      if (other != null && other.extent() != Extent.DOES_NOT) {
        by.add(id);
        best = worse(best, other.extent()) == best ? other.extent() : best;
      }
    }
    return by.isEmpty()
        ? new Part(best, List.of(), "it needs one of " + String.join(", ", ids))
        : new Part(best, List.of(), "by " + String.join(", ", by));
  }

  private static Extent own(Feature feature, List<Grant> own, List<Grant> missing) {
    if (missing.isEmpty()) {
      return Extent.WORKS;
    }
    if (feature.severable()) {
      return own.stream().allMatch(Grant::none) ? Extent.DOES_NOT : Extent.PARTLY;
    }
    Set<String> whole = new LinkedHashSet<>();
    own.forEach(g -> whole.addAll(g.in()));
    for (Grant grant : missing) {
      whole.retainAll(grant.in());
    }
    return whole.isEmpty() ? Extent.DOES_NOT : Extent.PARTLY;
  }

  private static Extent worse(Extent one, Extent other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
