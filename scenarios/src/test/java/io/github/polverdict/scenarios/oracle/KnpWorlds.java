package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.fields;
import static io.github.polverdict.scenarios.oracle.Pool.items;
import static io.github.polverdict.scenarios.oracle.Pool.map;

import io.github.polverdict.scenarios.oracle.World.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Clusters with kindnet, in which nodes have one address: some pods have native sidecars, and half
 * of the calls of pods are to ports that they declare, for names of ports are a matter of few.
 */
final class KnpWorlds {
  private KnpWorlds() {}

  static World with(
      Choices choices, String flavour, Function<Choices, List<Map<String, Object>>> policies) {
    Map<String, String> settings = Map.of("flavour", flavour, "distribution", "kindnet");
    World world = Clusters.with(choices, settings, policies);
    List<Map<String, Object>> objects =
        world.objects().stream()
            .map(o -> isPod(o) && choices.oneIn(3) ? withSidecar(o, choices) : o)
            .toList();
    Map<String, List<Map<String, Object>>> declared = new LinkedHashMap<>();
    objects.stream().filter(KnpWorlds::isPod).forEach(o -> declared.put(name(o), ports(o)));
    List<Flow> flows =
        world.flows().stream()
            .map(f -> calling(declared.getOrDefault(f.to(), List.of()), f, choices))
            .toList();
    return new World(settings, objects, flows);
  }

  /** The object with another value of a field of its spec. */
  static Map<String, Object> with(Map<String, Object> object, String field, Object value) {
    Map<String, Object> spec = fields(object.get("spec"));
    spec.put(field, value);
    Map<String, Object> out = new LinkedHashMap<>(object);
    out.put("spec", spec);
    return out;
  }

  private static Map<String, Object> withSidecar(Map<String, Object> pod, Choices choices) {
    String name = choices.of(Pool.PORT_NAMES);
    Map<String, Object> sidecar =
        map(
            "name", "sidecar",
            "image", "sidecar",
            "restartPolicy", "Always",
            "ports", List.of(map("name", name, "containerPort", choices.of(Pool.PORTS))));
    return with(pod, "initContainers", List.of(sidecar));
  }

  /** Half of the flows call one of the ports, mostly by the protocol that is declared. */
  private static Flow calling(List<Map<String, Object>> ports, Flow flow, Choices choices) {
    if (ports.isEmpty() || choices.oneIn(2)) {
      return flow;
    }
    Map<String, Object> port = choices.of(ports);
    String declared = port.containsKey("protocol") ? String.valueOf(port.get("protocol")) : "TCP";
    String protocol = choices.oneIn(4) ? choices.of("TCP", "UDP", "SCTP") : declared;
    int number = Integer.parseInt(String.valueOf(port.get("containerPort")));
    return new Flow(flow.from(), flow.to(), protocol, number);
  }

  private static List<Map<String, Object>> ports(Map<String, Object> pod) {
    List<Map<String, Object>> out = new ArrayList<>();
    Map<String, Object> spec = fields(pod.get("spec"));
    for (String containers : List.of("containers", "initContainers")) {
      if (spec.get(containers) instanceof List<?> some) {
        some.forEach(c -> items(fields(c).get("ports")).forEach(p -> out.add(fields(p))));
      }
    }
    return out;
  }

  private static String name(Map<String, Object> pod) {
    Map<String, Object> metadata = fields(pod.get("metadata"));
    return metadata.get("namespace") + "/" + metadata.get("name");
  }

  private static boolean isPod(Map<String, Object> object) {
    return "Pod".equals(object.get("kind"));
  }
}
