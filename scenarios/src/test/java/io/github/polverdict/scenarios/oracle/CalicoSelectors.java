package io.github.polverdict.scenarios.oracle;

import java.util.List;

/** Makes selectors in Calico's language. */
final class CalicoSelectors {
  private static final List<List<String>> NAMESPACES =
      List.of(
          List.of("team", "x", "y"),
          List.of("kubernetes.io/metadata.name", "red", "blue", "green"),
          List.of("projectcalico.org/name", "red", "blue", "green"));
  private static final List<List<String>> ENDPOINTS =
      List.of(
          List.of("app", "a", "b", "c"),
          List.of("app", "a", "b", "c"),
          List.of("role", "x", "y"),
          List.of("app.kubernetes.io/name", "shop", "sho"),
          List.of("projectcalico.org/namespace", "red", "blue"),
          List.of("projectcalico.org/orchestrator", "k8s"),
          List.of("pcns.team", "x", "y"));

  private static final List<List<String>> ACCOUNTS = List.of(List.of("crew", "x", "y"));

  private CalicoSelectors() {}

  static String ofEndpoints(Choices choices) {
    return expression(choices, ENDPOINTS, 2);
  }

  static String ofNamespaces(Choices choices) {
    return expression(choices, NAMESPACES, 1);
  }

  static String ofAccounts(Choices choices) {
    return expression(choices, ACCOUNTS, 1);
  }

  private static String expression(Choices choices, List<List<String>> keys, int depth) {
    if (depth > 0 && choices.oneIn(4)) {
      String operator = choices.of(" && ", " || ");
      String left = expression(choices, keys, depth - 1);
      return "(" + left + ")" + operator + expression(choices, keys, depth - 1);
    }
    if (choices.oneIn(10)) {
      return "!(" + term(choices, choices.of(keys)) + ")";
    }
    return choices.oneIn(10) ? "all()" : term(choices, choices.of(keys));
  }

  private static String term(Choices choices, List<String> key) {
    String name = key.getFirst();
    String value = "'" + choices.of(key.subList(1, key.size())) + "'";
    return switch (choices.below(10)) {
      case 0 -> "has(" + name + ")";
      case 1 -> "!has(" + name + ")";
      case 2 -> name + " != " + value;
      case 3 -> name + " in {" + value + ", 'z'}";
      case 4 -> name + " not in {" + value + "}";
      case 5 -> name + " starts with " + value;
      case 6 -> name + " contains " + value;
      case 7 -> name + " ends with " + value;
      default -> name + " == " + value;
    };
  }
}
