package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.fields;
import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds HostEndpoints to nodes of a world: for the interface with their address, or for all. */
final class CalicoHosts {
  private CalicoHosts() {}

  static World in(World world, Choices choices) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (Map<String, Object> node : world.objects()) {
      if ("Node".equals(node.get("kind")) && !choices.oneIn(3)) {
        out.add(endpoint(String.valueOf(fields(node.get("metadata")).get("name")), choices));
      }
    }
    for (Map<String, Object> object : world.objects()) { // policies stay the last
      boolean global = "GlobalNetworkPolicy".equals(object.get("kind"));
      out.add(global && !choices.oneIn(3) ? forwarded(object, choices.oneIn(3)) : object);
    }
    return new World(world.settings(), out, world.flows());
  }

  private static Map<String, Object> forwarded(Map<String, Object> policy, boolean early) {
    Map<String, Object> spec = fields(policy.get("spec"));
    spec.put("applyOnForward", true);
    if (early) {
      spec.put("preDNAT", true);
      spec.put("types", List.of("Ingress"));
      spec.remove("egress");
    }
    Map<String, Object> out = new LinkedHashMap<>(policy);
    out.put("spec", spec);
    return out;
  }

  private static Map<String, Object> endpoint(String node, Choices choices) {
    Map<String, Object> spec = map("node", node);
    spec.put("interfaceName", choices.oneIn(2) ? "*" : "eth0");
    spec.put("expectedIPs", List.of(node.replace("n", "10.0.0.")));
    if (choices.oneIn(2)) {
      spec.put("profiles", List.of("projectcalico-default-allow"));
    }
    Map<String, Object> out =
        object(
            CalicoPolicyMaker.API,
            "HostEndpoint",
            map("name", node, "labels", Pool.labels(choices)));
    out.put("spec", spec);
    return out;
  }
}
