package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Clusters with Cilium: settings of its agent, and groups of ranges. */
final class CiliumWorlds {
  private CiliumWorlds() {}

  static World with(Choices choices, Function<Choices, List<Map<String, Object>>> policies) {
    return Clusters.with(
        choices,
        settings(choices),
        c -> {
          List<Map<String, Object>> out = groups(c);
          out.addAll(policies.apply(c));
          return out;
        });
  }

  private static List<Map<String, Object>> groups(Choices choices) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (String name : Pool.GROUPS) {
      Map<String, Object> group =
          object(
              "cilium.io/v2",
              "CiliumCIDRGroup",
              map("name", name, "labels", map("kind", choices.of("near", "far"))));
      group.put(
          "spec",
          map(
              "externalCIDRs",
              choices.some(1, 3, () -> choices.of(Pool.RANGES)).stream().distinct().toList()));
      out.add(group);
    }
    return out;
  }

  private static Map<String, String> settings(Choices choices) {
    Map<String, String> out = new TreeMap<>();
    out.put("enable-k8s-cluster-network-policy", "true");
    if (choices.oneIn(8)) {
      out.put("enable-policy", choices.of("always", "never"));
    }
    if (choices.oneIn(4)) {
      out.put("policy-cidr-match-mode", choices.of("nodes", "pods", "nodes,pods"));
    }
    if (choices.oneIn(5)) {
      out.put("policy-default-local-cluster", "false");
    }
    if (choices.oneIn(8)) {
      out.put("allow-localhost", "policy");
    }
    out.put("enable-sctp", "true"); // else the datapath drops it, which the engine does not know
    return out;
  }
}
