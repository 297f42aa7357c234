package io.github.polverdict.lab.recreate;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Objects to apply, in order. */
public record Manifests(List<Map<String, Object>> objects) {
  private static final JsonMapper JSON = new JsonMapper();

  public Manifests {
    objects = List.copyOf(objects);
  }

  /** As one JSON list, as kubectl takes it. */
  public String json() {
    return JSON.writeValueAsString(Map.of("apiVersion", "v1", "kind", "List", "items", objects));
  }
}
