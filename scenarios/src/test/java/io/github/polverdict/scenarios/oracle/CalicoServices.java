package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.fields;
import static io.github.polverdict.scenarios.oracle.Pool.items;
import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Adds Services to a world, with the EndpointSlices that Kubernetes would make for them. */
final class CalicoServices {
  private static final String SELECTED = "selected";
  private static final String BARE = "bare";

  private CalicoServices() {}

  /** The name of a Service, which may not be there, in a rule. */
  static Map<String, Object> name(Choices choices) {
    return map(
        "name", choices.of(SELECTED, BARE, "gone"), "namespace", choices.of(Pool.NAMESPACES));
  }

  static World in(World world, Choices choices) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (String namespace : Pool.NAMESPACES) {
      out.addAll(selected(world, namespace, choices));
      out.addAll(bare(namespace, choices));
    }
    out.addAll(world.objects()); // policies stay the last
    return new World(world.settings(), out, world.flows());
  }

  private static List<Map<String, Object>> selected(
      World world, String namespace, Choices choices) {
    String app = choices.of("a", "b", "c");
    Object target = choices.of(80, 8080, "http", "dns");
    String protocol = choices.of("TCP", "UDP");
    Map<String, Object> spec = spec(map("port", 80, "targetPort", target, "protocol", protocol));
    spec.put("selector", map("app", app));
    List<Map<String, Object>> out = new ArrayList<>();
    out.add(service(namespace, SELECTED, spec));
    for (Map<String, Object> pod : world.objects()) {
      Map<String, Object> metadata = fields(pod.get("metadata"));
      if ("Pod".equals(pod.get("kind"))
          && namespace.equals(metadata.get("namespace"))
          && app.equals(fields(metadata.get("labels")).get("app"))) {
        Object address = fields(pod.get("status")).get("podIP");
        String name = SELECTED + "-" + metadata.get("name");
        List<Object> ports =
            numbers(pod, target, protocol).stream()
                .<Object>map(n -> map("port", n, "protocol", protocol))
                .toList();
        out.add(
            slice(map("namespace", namespace, "name", name), SELECTED, List.of(address), ports));
      }
    }
    return out;
  }

  /** The numbers that a port has on a pod: none where the pod does not declare the name. */
  private static List<Object> numbers(Map<String, Object> pod, Object target, String protocol) {
    List<Object> out = new ArrayList<>();
    if (target instanceof Integer) {
      out.add(target);
    }
    for (Object container : items(fields(pod.get("spec")).get("containers"))) {
      for (Object port : items(fields(container).get("ports"))) {
        Map<String, Object> it = fields(port);
        if (target.equals(it.get("name")) && protocol.equals(it.getOrDefault("protocol", "TCP"))) {
          out.add(it.get("containerPort"));
        }
      }
    }
    return out;
  }

  private static List<Map<String, Object>> bare(String namespace, Choices choices) {
    List<Map<String, Object>> out = new ArrayList<>();
    out.add(service(namespace, BARE, spec(map("port", 80, "protocol", "TCP"))));
    List<Object> some =
        choices.some(
            1, 2, () -> choices.of("10.244.1.11", "10.244.1.12", "10.0.0.1", "198.51.100.7"));
    List<Object> addresses = some.stream().distinct().toList();
    List<Object> ports = List.of(map("port", choices.of(80, 8080), "protocol", "TCP"));
    out.add(slice(map("namespace", namespace, "name", BARE + "-1"), BARE, addresses, ports));
    return out;
  }

  private static Map<String, Object> spec(Map<String, Object> port) {
    return map("clusterIP", "None", "ports", List.of(port));
  }

  private static Map<String, Object> service(
      String namespace, String name, Map<String, Object> spec) {
    Map<String, Object> out = object("v1", "Service", map("namespace", namespace, "name", name));
    out.put("spec", spec);
    return out;
  }

  private static Map<String, Object> slice(
      Map<String, Object> metadata, String of, List<Object> addresses, List<Object> ports) {
    metadata.put("labels", map("kubernetes.io/service-name", of));
    Map<String, Object> out = object("discovery.k8s.io/v1", "EndpointSlice", metadata);
    out.put("addressType", "IPv4");
    out.put("endpoints", List.of(map("addresses", addresses)));
    out.put("ports", ports);
    return out;
  }
}
