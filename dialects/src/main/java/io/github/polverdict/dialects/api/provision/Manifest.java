package io.github.polverdict.dialects.api.provision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object to be applied: maps, lists, strings, numbers and booleans in the order that they are
 * written.
 */
public record Manifest(Map<String, Object> tree) {
  /** What all of them are called by in front. */
  public static final String PREFIX = "polverdict-";

  /** The label and its value that tell them from others' objects. */
  public static final String LABEL = "app.kubernetes.io/managed-by";

  public static final String OWNER = "polverdict";

  public Manifest {
    tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
  }

  /**
   * An object.
   *
   * @param why what it is for
   */
  public static Manifest of(
      String apiVersion, String kind, Place place, String why, Map<String, Object> spec) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", PREFIX + place.name());
    if (!place.namespace().isEmpty()) {
      metadata.put("namespace", place.namespace());
    }
    metadata.put("labels", Map.of(LABEL, OWNER));
    metadata.put("annotations", Map.of("polverdict.io/why", why));
    return new Manifest(
        map("apiVersion", apiVersion, "kind", kind, "metadata", metadata, "spec", spec));
  }

  /**
   * Where an object stands.
   *
   * @param namespace empty for an object of the cluster
   * @param name without the prefix
   */
  public record Place(String namespace, String name) {}

  /** Keys and values in turn, in this order. */
  public static Map<String, Object> map(Object... pairs) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      out.put((String) pairs[i], pairs[i + 1]);
    }
    return out;
  }

  public String kind() {
    return (String) tree.getOrDefault("kind", "");
  }

  public String namespace() {
    return (String) metadata().getOrDefault("namespace", "");
  }

  public String name() {
    return (String) metadata().getOrDefault("name", "");
  }

  private Map<?, Object> metadata() {
    @SuppressWarnings("unchecked")
    Map<String, Object> out = (Map<String, Object>) tree.getOrDefault("metadata", Map.of());
    return out;
  }

  /** The same object of another kind. */
  public Manifest ofKind(String kind) {
    Map<String, Object> out = new LinkedHashMap<>(tree);
    out.put("kind", kind);
    return new Manifest(out);
  }
}
