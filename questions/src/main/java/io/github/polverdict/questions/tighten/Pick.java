package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.words.CommonLabels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A label selector that singles pods out of their namespace.
 *
 * @param namespace of the pods
 * @param labels one value of each key; all pods when there are none
 */
record Pick(String namespace, Map<String, Set<String>> labels) implements Comparable<Pick> {
  /** The labels by which people tell workloads apart, the most usual first. */
  private static final List<String> USUAL =
      List.of(
          "app.kubernetes.io/name",
          "app",
          "k8s-app",
          "name",
          "app.kubernetes.io/component",
          "component",
          "app.kubernetes.io/instance");

  Pick {
    labels = new TreeMap<>(labels);
  }

  /** The shortest selector that means these pods and no others; empty when labels do not tell. */
  static Optional<Pick> of(Pods pods, List<Endpoint> universe) {
    List<Endpoint> others =
        universe.stream()
            .filter(e -> e.kind() == Kind.POD && e.namespace().equals(pods.namespace()))
            .filter(e -> !pods.has(e))
            .toList();
    List<Map.Entry<String, String>> own = common(pods);
    if (own.isEmpty()) {
      return others.isEmpty()
          ? Optional.of(new Pick(pods.namespace(), Map.of()))
          : Optional.empty();
    }
    for (Map.Entry<String, String> one : own) {
      if (tells(List.of(one), others)) {
        return Optional.of(by(pods, List.of(one)));
      }
    }
    for (Map.Entry<String, String> one : own) {
      for (Map.Entry<String, String> two : own) {
        if (own.indexOf(one) < own.indexOf(two) && tells(List.of(one, two), others)) {
          return Optional.of(by(pods, List.of(one, two)));
        }
      }
    }
    return tells(own, others) ? Optional.of(by(pods, own)) : Optional.empty();
  }

  private static Pick by(Pods pods, List<Map.Entry<String, String>> labels) {
    Map<String, Set<String>> out = new TreeMap<>();
    labels.forEach(l -> out.put(l.getKey(), Set.of(l.getValue())));
    return new Pick(pods.namespace(), out);
  }

  private static List<Map.Entry<String, String>> common(Pods pods) {
    List<Endpoint> members = pods.members();
    boolean one = members.size() == 1 && !members.getFirst().mayBeSeveral();
    Map<String, String> labels =
        one ? CommonLabels.of(members.getFirst()) : CommonLabels.of(members);
    return labels.entrySet().stream()
        .sorted(Comparator.comparingInt(l -> usual(l.getKey())))
        .<Map.Entry<String, String>>map(l -> Map.entry(l.getKey(), l.getValue()))
        .toList();
  }

  private static int usual(String key) {
    int index = USUAL.indexOf(key);
    return index < 0 ? USUAL.size() : index;
  }

  /** Whether none of the others has all of the labels, nor may have them. */
  private static boolean tells(List<Map.Entry<String, String>> labels, List<Endpoint> others) {
    return others.stream()
        .allMatch(other ->
            labels.stream()
                    .anyMatch(l -> {
                      String value = other.facts().labels().known().get(l.getKey());
                      return value != null && !value.equals(l.getValue());
                    })
                || (other.facts().labels().incomplete().isEmpty()
                    && labels.stream()
                        .anyMatch(l -> !other.facts().labels().known().containsKey(l.getKey()))));
  }

  /** Both as one, when one label with several values says it; empty when it does not. */
  Optional<Pick> with(Pick other) {
    boolean alike =
        namespace.equals(other.namespace)
            && labels.size() == 1
            && labels.keySet().equals(other.labels.keySet());
    if (!alike) {
      return Optional.empty();
    }
    String key = labels.keySet().iterator().next();
    Set<String> values = new TreeSet<>(labels.getOrDefault(key, Set.of()));
    values.addAll(other.labels.getOrDefault(key, Set.of()));
    return Optional.of(new Pick(namespace, Map.of(key, values)));
  }

  /** As few as can be, in order. */
  static List<Pick> merged(List<Pick> picks) {
    List<Pick> out = new ArrayList<>();
    for (Pick pick : picks.stream().distinct().sorted().toList()) {
      Optional<Pick> both = out.isEmpty() ? Optional.empty() : out.getLast().with(pick);
      if (both.isPresent()) {
        out.set(out.size() - 1, both.get());
      } else {
        out.add(pick);
      }
    }
    return out;
  }

  /** As a labelSelector. */
  Map<String, Object> tree() {
    if (labels.values().stream().allMatch(v -> v.size() == 1)) {
      Map<String, String> exact = new TreeMap<>();
      labels.forEach((key, values) -> exact.put(key, values.iterator().next()));
      return exact.isEmpty() ? Map.of() : Draft.map("matchLabels", exact);
    }
    return Draft.map("matchExpressions", labels.keySet().stream().map(this::in).toList());
  }

  private Map<String, Object> in(String key) {
    List<String> values = labels.getOrDefault(key, Set.of()).stream().sorted().toList();
    return Draft.map("key", key, "operator", "In", "values", values);
  }

  @Override
  public int compareTo(Pick other) {
    return Comparator.comparing(Pick::namespace)
        .thenComparing(p -> p.labels.toString())
        .compare(this, other);
  }
}
