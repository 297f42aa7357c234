package io.github.polverdict.scenarios.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names, labels and addresses that generated worlds are made of, few enough to meet often. */
final class Pool {
  static final List<String> NAMESPACES = List.of("red", "blue", "green");
  static final List<String> ACCOUNTS = List.of("default", "robot");
  static final List<String> GROUPS = List.of("partners", "offices");
  static final List<String> RANGES =
      List.of(
          "0.0.0.0/0",
          "198.51.100.0/24",
          "198.51.100.128/25",
          "198.51.100.7/32",
          "203.0.113.0/24",
          "10.0.0.0/8",
          "10.0.0.0/24",
          "10.0.0.1/32",
          "10.0.0.2/32",
          "10.244.0.0/16",
          "10.244.1.0/24");
  static final List<String> OUTSIDE =
      List.of(
          "198.51.100.7", "198.51.100.9", "198.51.100.200", "203.0.113.5", "10.0.0.99", "8.8.8.8");
  static final List<Integer> PORTS = List.of(80, 443, 8080, 8085, 53);
  static final List<String> PORT_NAMES = List.of("http", "dns", "web", "nowhere");

  private Pool() {}

  /** A map that keeps its order; keys and values in turn. */
  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      out.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return out;
  }

  /** A copy of a map in an object of these. */
  static Map<String, Object> fields(@Nullable Object map) {
    Map<String, Object> out = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(map))
        .forEach((key, value) -> out.put(String.valueOf(key), value));
    return out;
  }

  /** A list in an object of these. */
  static List<?> items(@Nullable Object list) {
    return (List<?>) Objects.requireNonNull(list);
  }

  static Map<String, Object> object(String api, String kind, Map<String, Object> metadata) {
    return map("apiVersion", api, "kind", kind, "metadata", metadata);
  }

  static Map<String, Object> labels(Choices choices) {
    Map<String, Object> out = map("app", choices.of("a", "b", "c"));
    if (choices.oneIn(2)) {
      out.put("role", choices.of("x", "y"));
    }
    if (choices.oneIn(8)) {
      out.put("pod-template-hash", "1");
    }
    if (choices.oneIn(8)) {
      out.put("app.kubernetes.io/name", "shop");
    }
    return out;
  }

  /** A selector of the API server's, over the keys that are given. */
  static Map<String, Object> selector(Choices choices, List<List<String>> keys) {
    Map<String, Object> out = new LinkedHashMap<>();
    if (choices.oneIn(4)) {
      return out;
    }
    if (!choices.oneIn(3)) {
      Map<String, Object> labels = new LinkedHashMap<>();
      for (List<String> key : choices.some(1, 2, () -> choices.of(keys))) {
        // two keys that differ by their source only are one to Cilium, and which one counts is luck
        labels.keySet().removeIf(k -> bare(k).equals(bare(key.getFirst())));
        labels.put(key.getFirst(), value(choices, key));
      }
      out.put("matchLabels", labels);
    }
    if (out.isEmpty() || choices.oneIn(4)) {
      out.put("matchExpressions", choices.some(1, 2, () -> expression(choices, choices.of(keys))));
    }
    return out;
  }

  private static String bare(String key) {
    return key.replaceFirst("^(k8s|any):", "");
  }

  private static String value(Choices choices, List<String> key) {
    return choices.of(key.subList(1, key.size()));
  }

  private static Map<String, Object> expression(Choices choices, List<String> key) {
    String operator = choices.of("In", "NotIn", "Exists", "DoesNotExist");
    Map<String, Object> out = map("key", key.getFirst(), "operator", operator);
    if (operator.endsWith("In")) {
      List<String> values = new ArrayList<>();
      choices.some(1, 2, () -> value(choices, key)).stream().distinct().forEach(values::add);
      out.put("values", values);
    }
    return out;
  }
}
