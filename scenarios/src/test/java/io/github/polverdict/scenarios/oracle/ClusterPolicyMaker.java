package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import java.util.List;
import java.util.Map;

/** Makes ClusterNetworkPolicies (policy.networking.k8s.io/v1alpha2) that the API server takes. */
final class ClusterPolicyMaker {
  private static final List<List<String>> NODE_KEYS = List.of(List.of("disk", "ssd", "hdd"));

  private final Choices choices;
  private final int number;
  private final boolean nodes;

  /**
   * @param number sets the priority apart from that of other policies; which of two equal ones
   *     comes first is not defined
   */
  ClusterPolicyMaker(Choices choices, int number) {
    this(choices, number, false);
  }

  private ClusterPolicyMaker(Choices choices, int number, boolean nodes) {
    this.choices = choices;
    this.number = number;
    this.nodes = nodes;
  }

  /** The same with peers {@code nodes}, which are of the API's experimental channel. */
  ClusterPolicyMaker withNodes() {
    return new ClusterPolicyMaker(choices, number, true);
  }

  Map<String, Object> make(String name) {
    Map<String, Object> spec = map("tier", choices.of("Admin", "Admin", "Baseline"));
    spec.put("priority", choices.below(40) * 10 + number);
    spec.put("subject", who());
    if (!choices.oneIn(3)) {
      spec.put("ingress", choices.some(1, 3, () -> rule("from")));
    }
    if (!spec.containsKey("ingress") || choices.oneIn(2)) {
      spec.put("egress", choices.some(1, 3, () -> rule("to")));
    }
    Map<String, Object> out =
        object("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", map("name", name));
    out.put("spec", spec);
    return out;
  }

  private Map<String, Object> who() {
    return choices.oneIn(2)
        ? map("namespaces", Pool.selector(choices, NetworkPolicyMaker.NAMESPACE_KEYS))
        : map(
            "pods",
            map(
                "namespaceSelector", Pool.selector(choices, NetworkPolicyMaker.NAMESPACE_KEYS),
                "podSelector", Pool.selector(choices, NetworkPolicyMaker.POD_KEYS)));
  }

  private Map<String, Object> rule(String side) {
    Map<String, Object> out = map("action", choices.of("Accept", "Deny", "Pass"));
    boolean named = choices.oneIn(5); // names of ports may not stand beside networks
    out.put(side, choices.some(1, 2, () -> side.equals("to") && !named ? target() : who()));
    if (choices.oneIn(2)) {
      out.put("protocols", choices.some(1, 2, () -> named ? name() : protocol()));
    }
    return out;
  }

  private Map<String, Object> target() {
    if (!choices.oneIn(3)) {
      return who();
    }
    if (nodes && choices.oneIn(2)) {
      return map("nodes", Pool.selector(choices, NODE_KEYS));
    }
    List<String> ranges = choices.some(1, 2, () -> choices.of(Pool.RANGES));
    return map("networks", ranges.stream().distinct().toList());
  }

  private Map<String, Object> name() {
    return map("destinationNamedPort", choices.of(Pool.PORT_NAMES));
  }

  private Map<String, Object> protocol() {
    Map<String, Object> port =
        choices.oneIn(3)
            ? map("range", map("start", 8080, "end", 8090))
            : map("number", choices.of(Pool.PORTS));
    return map(choices.of("tcp", "tcp", "udp", "sctp"), map("destinationPort", port));
  }
}
