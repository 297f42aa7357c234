package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes NetworkPolicies that the API server takes. */
final class NetworkPolicyMaker {
  static final List<List<String>> POD_KEYS =
      List.of(
          List.of("app", "a", "b", "c"),
          List.of("app", "a", "b", "c"),
          List.of("role", "x", "y"),
          List.of("pod-template-hash", "1"),
          List.of("app.kubernetes.io/name", "shop"));
  static final List<List<String>> NAMESPACE_KEYS =
      List.of(
          List.of("team", "x", "y"),
          List.of("kubernetes.io/metadata.name", "red", "blue", "green"));

  private final Choices choices;

  NetworkPolicyMaker(Choices choices) {
    this.choices = choices;
  }

  Map<String, Object> make(String name) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("podSelector", Pool.selector(choices, POD_KEYS));
    List<String> types = new ArrayList<>();
    if (!choices.oneIn(3)) {
      types.add("Ingress");
    }
    if (types.isEmpty() || choices.oneIn(2)) {
      types.add("Egress");
    }
    spec.put("policyTypes", types);
    if (types.contains("Ingress") ? !choices.oneIn(5) : choices.oneIn(8)) {
      spec.put("ingress", choices.some(0, 2, () -> rule("from")));
    }
    if (types.contains("Egress") ? !choices.oneIn(5) : choices.oneIn(8)) {
      spec.put("egress", choices.some(0, 2, () -> rule("to")));
    }
    Map<String, Object> out =
        object(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            map("namespace", choices.of(Pool.NAMESPACES), "name", name));
    out.put("spec", spec);
    return out;
  }

  private Map<String, Object> rule(String who) {
    Map<String, Object> out = new LinkedHashMap<>();
    if (!choices.oneIn(4)) {
      out.put(who, choices.some(choices.oneIn(8) ? 0 : 1, 3, this::peer));
    }
    if (!choices.oneIn(3)) {
      out.put("ports", choices.some(choices.oneIn(8) ? 0 : 1, 2, this::port));
    }
    return out;
  }

  private Map<String, Object> peer() {
    return switch (choices.below(4)) {
      case 0 -> map("ipBlock", block());
      case 1 -> map("podSelector", Pool.selector(choices, POD_KEYS));
      case 2 -> map("namespaceSelector", Pool.selector(choices, NAMESPACE_KEYS));
      default ->
          map(
              "namespaceSelector", Pool.selector(choices, NAMESPACE_KEYS),
              "podSelector", Pool.selector(choices, POD_KEYS));
    };
  }

  private Map<String, Object> block() {
    Map<String, Object> out = map("cidr", choices.of(Pool.RANGES));
    List<String> inside = Ranges.strictlyInside(String.valueOf(out.get("cidr")));
    if (!inside.isEmpty() && choices.oneIn(2)) {
      out.put("except", choices.some(1, 2, () -> choices.of(inside)).stream().distinct().toList());
    }
    return out;
  }

  private Map<String, Object> port() {
    Map<String, Object> out = new LinkedHashMap<>();
    if (!choices.oneIn(4)) {
      out.put("protocol", choices.of("TCP", "TCP", "UDP", "SCTP"));
    }
    switch (choices.below(5)) {
      case 0 -> {} // all of them
      case 1 -> out.put("port", choices.of(Pool.PORT_NAMES));
      case 2 -> {
        out.put("port", 8080);
        out.put("endPort", 8090);
      }
      default -> out.put("port", choices.of(Pool.PORTS));
    }
    return out;
  }
}
