package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.questions.words.CommonLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** NetworkPolicies that allow what is missing; they only add to what others allow. */
final class Manifests {
  private Manifests() {}

  /**
   * A policy that allows some traffic.
   *
   * @param namespace where it stands
   * @param subject the pods that it is for, as a labelSelector
   * @param peer an item of {@code from} or {@code to}; anyone when it is empty
   * @param traffic by port numbers; all when it is all
   */
  record Allow(
      String name,
      String namespace,
      String subject,
      Direction direction,
      String peer,
      TrafficSet traffic) {
    String yaml() {
      boolean in = direction == Direction.INGRESS;
      String word = in ? "ingress" : "egress";
      StringBuilder out = new StringBuilder();
      out.append("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n");
      out.append("  name: ").append(name).append("\n  namespace: ").append(namespace).append('\n');
      out.append("spec:\n  podSelector: ").append(subject).append('\n');
      out.append("  policyTypes: [").append(in ? "Ingress" : "Egress").append("]\n");
      out.append("  ").append(word).append(":\n");
      List<String> parts = new ArrayList<>();
      if (!peer.isEmpty()) {
        parts.add((in ? "from" : "to") + ":\n        - " + peer);
      }
      if (!traffic.equals(TrafficSet.ALL)) {
        parts.add("ports:\n" + ports(traffic));
      }
      if (parts.isEmpty()) {
        return out.append("    - {}\n").toString();
      }
      out.append("    - ").append(String.join("\n      ", parts)).append('\n');
      return out.toString();
    }
  }

  private static String ports(TrafficSet traffic) {
    List<String> out = new ArrayList<>();
    for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
      for (int[] range : traffic.numbers(protocol).ranges()) {
        String end = range[1] > range[0] ? ", endPort: " + range[1] : "";
        out.add("        - {port: " + range[0] + end + ", protocol: " + protocol + "}");
      }
    }
    return String.join("\n", out);
  }

  /** A default deny for a whole namespace. */
  static String deny(String name, String namespace, List<Direction> directions) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: %s
      namespace: %s
    spec:
      podSelector: {}
      policyTypes: [%s]
    """
        .formatted(
            name,
            namespace,
            directions.stream()
                .map(d -> d == Direction.INGRESS ? "Ingress" : "Egress")
                .collect(Collectors.joining(", ")));
  }

  /** Pods by namespace and labels, as an item of {@code from} or {@code to}. */
  static String pods(String namespace, String labelSelector) {
    return "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "
        + namespace
        + "}}, podSelector: "
        + labelSelector
        + "}";
  }

  /** The labels that all of the pods have, without those of a revision; empty when none. */
  static Optional<String> common(List<Endpoint> pods) {
    Map<String, String> labels = CommonLabels.of(pods);
    return labels.isEmpty()
        ? Optional.empty()
        : Optional.of("{matchLabels: {" + pairs(labels) + "}}");
  }

  private static String pairs(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(e -> e.getKey() + ": \"" + e.getValue() + "\"")
        .collect(Collectors.joining(", "));
  }

  /** A selector as a labelSelector of pods; empty when it asks what such a one cannot. */
  static Optional<String> labelSelector(Selector selector) {
    List<String> expressions = new ArrayList<>();
    Map<String, String> exact = new TreeMap<>();
    if (!collect(selector, exact, expressions)) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    if (!exact.isEmpty()) {
      parts.add("matchLabels: {" + pairs(exact) + "}");
    }
    if (!expressions.isEmpty()) {
      parts.add("matchExpressions: [" + String.join(", ", expressions) + "]");
    }
    return Optional.of("{" + String.join(", ", parts) + "}");
  }

  /** The namespace that a selector asks for; empty when for none or several. */
  static Optional<String> namespace(Selector selector) {
    return switch (selector) {
      case Selector.InNamespace(String name) -> Optional.of(name);
      case Selector.And(var all) -> all.stream().flatMap(s -> namespace(s).stream()).findFirst();
      case Selector.All _,
          Selector.OfKind _,
          Selector.Is _,
          Selector.HasLabel _,
          Selector.LabelIn _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.AtAddress _,
          Selector.OnNode _,
          Selector.Not _,
          Selector.Or _ ->
          Optional.empty();
    };
  }

  private static boolean collect(
      Selector selector, Map<String, String> exact, List<String> expressions) {
    return switch (selector) {
      case Selector.All _, Selector.OfKind _, Selector.InNamespace _ -> true;
      case Selector.And(var all) ->
          all.stream().map(s -> collect(s, exact, expressions)).reduce(true, Boolean::logicalAnd);
      case Selector.LabelIn(Selector.Scope scope, String key, var values) -> {
        if (values.size() == 1 && exact.putIfAbsent(key, values.iterator().next()) == null) {
          yield scope == Selector.Scope.ENDPOINT;
        }
        expressions.add(expression(key, "In", values));
        yield scope == Selector.Scope.ENDPOINT;
      }
      case Selector.HasLabel(Selector.Scope scope, String key) -> {
        expressions.add(expression(key, "Exists", Set.of()));
        yield scope == Selector.Scope.ENDPOINT;
      }
      case Selector.Not(Selector.LabelIn(Selector.Scope scope, String key, var values)) -> {
        expressions.add(expression(key, "NotIn", values));
        yield scope == Selector.Scope.ENDPOINT;
      }
      case Selector.Not(Selector.HasLabel(Selector.Scope scope, String key)) -> {
        expressions.add(expression(key, "DoesNotExist", Set.of()));
        yield scope == Selector.Scope.ENDPOINT;
      }
      case Selector.Not _,
          Selector.Or _,
          Selector.Is _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.AtAddress _,
          Selector.OnNode _ ->
          false;
    };
  }

  private static String expression(String key, String operator, Set<String> values) {
    String list =
        values.isEmpty()
            ? ""
            : ", values: ["
                + values.stream().sorted().map(v -> '"' + v + '"').collect(Collectors.joining(", "))
                + "]";
    return "{key: " + key + ", operator: " + operator + list + "}";
  }

  /** A name for an object, of the words of others. */
  static String name(String... words) {
    String all = String.join("-", words).toLowerCase(Locale.ROOT);
    return all.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
