package io.github.polverdict.scenarios.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One cluster, and flows in it.
 *
 * @param settings of the engine, by name
 * @param objects of the API server; policies come last
 */
record World(Map<String, String> settings, List<Map<String, Object>> objects, List<Flow> flows) {
  static final JsonMapper JSON = new JsonMapper();

  /**
   * One question.
   *
   * @param from {@code namespace/pod}, {@code node/name} or an address
   * @param port the destination's, or the ICMP type
   */
  record Flow(String from, String to, String protocol, int port) {
    /** The destination as polverdict takes it. */
    String called() {
      return "%s:%d/%s".formatted(to.contains(":") ? "[" + to + "]" : to, port, protocol);
    }

    @Override
    public String toString() {
      return from + " -> " + called();
    }
  }

  /** One line, as the oracle takes it. */
  String line() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("settings", settings);
    out.put("objects", objects);
    out.put("flows", flows);
    return JSON.writeValueAsString(out);
  }

  /** The objects as manifests, each on a line of its own. */
  String manifests() {
    StringBuilder out = new StringBuilder();
    objects.forEach(o -> out.append(JSON.writeValueAsString(o)).append("\n---\n"));
    return out.toString();
  }

  World asking(Flow flow) {
    return new World(settings, objects, List.of(flow));
  }

  World without(int object) {
    List<Map<String, Object>> fewer = new ArrayList<>(objects);
    fewer.remove(object);
    return new World(settings, fewer, flows);
  }

  World with(int object, Map<String, Object> other) {
    List<Map<String, Object>> changed = new ArrayList<>(objects);
    changed.set(object, other);
    return new World(settings, changed, flows);
  }

  World set(Map<String, String> others) {
    return new World(others, objects, flows);
  }

  static boolean isPolicy(Map<String, Object> object) {
    return String.valueOf(object.get("kind")).endsWith("Policy");
  }
}
