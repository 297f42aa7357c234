package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.fields;
import static io.github.polverdict.scenarios.oracle.Pool.items;
import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes AdminNetworkPolicies and the BaselineAdminNetworkPolicy (policy.networking.k8s.io/v1alpha1)
 * that the API server takes: ClusterNetworkPolicies in the words of the older version.
 */
final class AdminPolicyMaker {
  private final ClusterPolicyMaker newer;

  AdminPolicyMaker(ClusterPolicyMaker newer) {
    this.newer = newer;
  }

  /** A cluster has one Baseline policy at most. */
  Map<String, Object> make(String name, boolean baseline) {
    Map<String, Object> spec = fields(newer.make(name).get("spec"));
    spec.remove("tier");
    if (baseline) {
      spec.remove("priority");
    }
    for (String direction : List.of("ingress", "egress")) {
      spec.computeIfPresent(
          direction, (_, rules) -> items(rules).stream().map(r -> rule(r, baseline)).toList());
    }
    Map<String, Object> out =
        object(
            "policy.networking.k8s.io/v1alpha1",
            baseline ? "BaselineAdminNetworkPolicy" : "AdminNetworkPolicy",
            map("name", baseline ? "default" : name));
    out.put("spec", spec);
    return out;
  }

  private static Map<String, Object> rule(Object newer, boolean baseline) {
    Map<String, Object> out = fields(newer);
    String action = String.valueOf(out.get("action"));
    out.put(
        "action",
        action.equals("Deny") ? "Deny" : action.equals("Pass") && !baseline ? "Pass" : "Allow");
    Object protocols = out.remove("protocols");
    if (protocols != null) {
      out.put("ports", items(protocols).stream().map(AdminPolicyMaker::port).toList());
    }
    return out;
  }

  private static Map<String, Object> port(Object newer) {
    Map.Entry<String, Object> one = fields(newer).entrySet().iterator().next();
    if (one.getKey().equals("destinationNamedPort")) {
      return map("namedPort", one.getValue());
    }
    Map<String, Object> port = fields(fields(one.getValue()).get("destinationPort"));
    String protocol = one.getKey().toUpperCase(Locale.ROOT);
    if (port.containsKey("number")) {
      return map("portNumber", map("protocol", protocol, "port", port.get("number")));
    }
    Map<String, Object> range = map("protocol", protocol);
    range.putAll(fields(port.get("range")));
    return map("portRange", range);
  }
}
