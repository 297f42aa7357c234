package io.github.polverdict.snapshot.kept;

import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The fields that are kept of an object; the table is {@code kept.txt}. What it does not name never
 * reaches a live document or a saved snapshot: not environment variables, commands, annotations or
 * status of workloads.
 */
public final class Kept {
  private static final Map<String, List<String>> TABLE = table();
  private static final Map<String, Kept> KINDS = kinds();
  private static final List<String> ANNOTATIONS = words("@annotations");
  private static final List<String> CONTAINERS = words("@containers");
  private static final List<String> VARIABLES = words("@variables");

  /** An agent's argument or variable that may be a secret is dropped even so. */
  private static final Pattern SECRET =
      Pattern.compile("passw|token|secret|credential|private|[-_]key");

  private final Map<String, Kept> below = new LinkedHashMap<>();
  private Mark mark = Mark.WALK;

  private enum Mark {
    /** Only what is named below. */
    WALK,
    ALL,
    ANNOTATIONS,
    AGENT,
    SCHEMA
  }

  private Kept() {}

  /**
   * What is kept of objects of a type ({@link ResourceId#type()}); of those that no answer reads
   * only what names and labels them.
   */
  public static Kept of(String type) {
    return KINDS.getOrDefault(type, Objects.requireNonNull(KINDS.get("Namespace")));
  }

  /** What is kept of an object: of ConfigMaps and definitions that no answer reads only names. */
  public static Kept of(ResourceId id) {
    boolean read =
        switch (id.type()) {
          case "ConfigMap" ->
              configMaps().stream()
                  .anyMatch(n -> n.endsWith("-") ? id.name().startsWith(n) : id.name().equals(n));
          case "CustomResourceDefinition" -> definitions().contains(id.name());
          case String _ -> true;
        };
    return of(read ? id.type() : "");
  }

  /** Names of the ConfigMaps whose data are kept; one that ends in a dash is a beginning. */
  public static List<String> configMaps() {
    return words("@configmaps");
  }

  /** Names of the CustomResourceDefinitions whose schemas are kept. */
  public static List<String> definitions() {
    return words("@definitions");
  }

  /** Names of the containers that are agents of engines. */
  public static List<String> agents() {
    return CONTAINERS;
  }

  private static Map<String, Kept> kinds() {
    Map<String, Kept> out = new HashMap<>();
    TABLE.forEach((name, types) -> {
      if (name.startsWith("of ")) {
        Kept kept = entry(name.substring("of ".length()));
        types.forEach(type -> out.put(type, kept));
      }
    });
    return Map.copyOf(out);
  }

  private static Kept entry(String name) {
    Kept root = new Kept();
    for (String path : words(name)) {
      root.add(path);
    }
    return root;
  }

  private static Map<String, List<String>> table() {
    Map<String, List<String>> out = new LinkedHashMap<>();
    InputStream in = Objects.requireNonNull(Kept.class.getResourceAsStream("kept.txt"));
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] cells = line.split(": ", 2);
          out.put(cells[0], List.of(cells[1].strip().split(" +")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out;
  }

  private static List<String> words(String name) {
    List<String> words = TABLE.get(name);
    if (words == null) {
      throw new IllegalStateException("kept.txt has no entry " + name);
    }
    return words;
  }

  private void add(String path) {
    String[] parts = path.split("[=@]", 2);
    Kept at = this;
    for (String step : parts[0].split("\\.")) {
      at = at.below.computeIfAbsent(step, _ -> new Kept());
    }
    if (path.contains("=")) {
      at.below.putAll(entry(parts[1]).below);
    } else if (path.contains("@")) {
      at.mark = Mark.valueOf(parts[1].toUpperCase(Locale.ROOT));
    } else {
      at.mark = Mark.ALL;
    }
  }

  /** The object without what is not kept. */
  public Mapping of(Mapping object) {
    Map<String, Value> out = new LinkedHashMap<>();
    object
        .entries()
        .forEach((key, value) -> {
          Kept kept = below.get(key);
          if (kept != null) {
            kept.value(value, object).ifPresent(v -> out.put(key, v));
          }
        });
    return new Mapping(out, object.mark());
  }

  private Optional<Value> value(Value value, Mapping parent) {
    return switch (mark) {
      case ALL -> Optional.of(value);
      case ANNOTATIONS -> Optional.of(annotations(value));
      case SCHEMA -> Optional.of(Schemas.undescribed(value));
      case AGENT ->
          CONTAINERS.contains(text(parent, "name")) ? Optional.of(agent(value)) : Optional.empty();
      case WALK ->
          switch (value) {
            case Mapping m -> Optional.of(of(m));
            case Sequence s ->
                Optional.of(
                    new Sequence(
                        s.items().stream().flatMap(i -> value(i, parent).stream()).toList(),
                        s.mark()));
            case Scalar _ -> Optional.empty();
          };
    };
  }

  private static Value annotations(Value value) {
    if (!(value instanceof Mapping m)) {
      return value;
    }
    Map<String, Value> out = new LinkedHashMap<>(m.entries());
    out.keySet().removeIf(key -> ANNOTATIONS.stream().noneMatch(key::startsWith));
    return new Mapping(out, m.mark());
  }

  /** Arguments or environment variables of an agent's container. */
  private static Value agent(Value value) {
    if (!(value instanceof Sequence s)) {
      return value;
    }
    List<Value> out = new ArrayList<>();
    for (Value item : s.items()) {
      if (item instanceof Mapping variable) {
        variable(variable).ifPresent(out::add);
      } else if (item instanceof Scalar argument && !secret(argument.text())) {
        out.add(argument);
      }
    }
    return new Sequence(out, s.mark());
  }

  private static Optional<Value> variable(Mapping variable) {
    String name = text(variable, "name");
    if (secret(name) || VARIABLES.stream().noneMatch(name::startsWith)) {
      return Optional.empty();
    }
    Map<String, Value> out = new LinkedHashMap<>();
    Stream.of("name", "value")
        .forEach(key -> {
          Value value = variable.entries().get(key);
          if (value != null) {
            out.put(key, value);
          }
        });
    if (variable.entries().get("valueFrom") instanceof Mapping from
        && from.entries().containsKey("configMapKeyRef")) {
      out.put("valueFrom", from);
    }
    return Optional.of(new Mapping(out, variable.mark()));
  }

  private static boolean secret(String text) {
    return SECRET.matcher(text.toLowerCase(Locale.ROOT)).find();
  }

  private static String text(Mapping mapping, String key) {
    return mapping.entries().get(key) instanceof Scalar s ? s.text() : "";
  }
}
