package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes Calico's tiers, of which one may be missing, and the labels of service accounts. */
final class CalicoTiers {
  /** Before and after those that Calico makes, where orders are equal. */
  static final List<String> NAMES = List.of("acme", "between", "zone");

  private CalicoTiers() {}

  static List<Map<String, Object>> make(Choices choices) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (String name : NAMES) {
      if (!choices.oneIn(8)) {
        out.add(tier(choices, name));
      }
    }
    return out;
  }

  private static Map<String, Object> tier(Choices choices, String name) {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (!choices.oneIn(4)) {
      spec.put("order", choices.of(10, 10, 10.5, 1000, 1000, 1_000_000, 10_000_000, 20_000_000));
    }
    if (!choices.oneIn(3)) {
      spec.put("defaultAction", choices.of("Deny", "Pass"));
    }
    Map<String, Object> out =
        object(
            choices.oneIn(3) ? CalicoPolicyMaker.STORED : CalicoPolicyMaker.API,
            "Tier",
            map("name", name));
    out.put("spec", spec);
    return out;
  }

  /** The service accounts of all namespaces. */
  static List<Map<String, Object>> accounts(Choices choices) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (String namespace : Pool.NAMESPACES) {
      for (String name : Pool.ACCOUNTS) {
        Map<String, Object> metadata = map("namespace", namespace, "name", name);
        if (!choices.oneIn(3)) {
          metadata.put("labels", map("crew", choices.of("x", "y")));
        }
        out.add(object("v1", "ServiceAccount", metadata));
      }
    }
    return out;
  }
}
