package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.workbench.exchange.Trees.Leaf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commands of kubectl that make an object of the second cluster say what the first's says. */
final class Remedies {
  /** What the API server fills in and does not take from anybody. */
  private static final Set<String> FILLED =
      Set.of(
          "uid", "resourceVersion", "creationTimestamp", "generation", "selfLink", "managedFields");

  private Remedies() {}

  /** Takes away what only the second has. */
  static String delete(ResourceId id) {
    return "kubectl delete " + named(id);
  }

  /** Adds what only the first has, under the name that the second would have for it. */
  static String apply(Document document) {
    Map<String, Value> root = new LinkedHashMap<>(document.root().entries());
    root.remove("status");
    if (root.get("metadata") instanceof Mapping metadata) {
      Map<String, Value> kept = new LinkedHashMap<>(metadata.entries());
      kept.keySet().removeAll(FILLED);
      if (!document.id().namespace().isEmpty()) {
        kept.put(
            "namespace", new Scalar(document.id().namespace(), Value.Type.STRING, metadata.mark()));
      }
      root.put("metadata", new Mapping(kept, metadata.mark()));
    }
    String manifest = json(new Mapping(root, document.root().mark()));
    return "kubectl apply -f - <<'EOF'\n" + manifest + "\nEOF";
  }

  /** Changes the fields at which the two differ; a list of another length is set as a whole. */
  static Optional<String> patch(Document a, Document b, List<Leaf> leaves) {
    Set<String> steps = new LinkedHashSet<>();
    for (Leaf leaf : leaves) {
      String item = leaf.pointerB().substring(leaf.pointerB().lastIndexOf('/') + 1);
      boolean longer = item.matches("[0-9]+") && (leaf.a() == null || leaf.b() == null);
      if (longer) {
        String list = parent(leaf.pointerB());
        steps.add(step("replace", list, at(a.root(), parent(leaf.pointerA()))));
      } else if (leaf.a() == null) {
        steps.add(step("remove", leaf.pointerB(), null));
      } else {
        steps.add(step(leaf.b() == null ? "add" : "replace", leaf.pointerB(), leaf.a()));
      }
    }
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "kubectl patch %s --type=json -p '[%s]'"
                .formatted(named(b.id()), String.join(",", steps).replace("'", "'\\''")));
  }

  /** Sets labels as the first has them, and takes away those that it lacks. */
  static String label(ResourceId id, Map<String, String> a, Map<String, String> b) {
    List<String> words = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    for (String key : keys) {
      String value = a.get(key);
      if (value == null) {
        words.add(key + "-");
      } else if (!value.equals(b.get(key))) {
        words.add(key + "=" + value);
      }
    }
    return "kubectl label %s --overwrite %s".formatted(named(id), String.join(" ", words));
  }

  private static String named(ResourceId id) {
    return id.type().toLowerCase(Locale.ROOT)
        + " "
        + id.name()
        + (id.namespace().isEmpty() ? "" : " -n " + id.namespace());
  }

  private static String step(String op, String pointer, @Nullable Value value) {
    return "{\"op\":\"%s\",\"path\":%s%s}"
        .formatted(op, quoted(pointer), value == null ? "" : ",\"value\":" + json(value));
  }

  private static String parent(String pointer) {
    return pointer.substring(0, pointer.lastIndexOf('/'));
  }

  private static @Nullable Value at(Value root, String pointer) {
    Value at = root;
    for (String key : pointer.substring(1).split("/", -1)) {
      String word = key.replace("~1", "/").replace("~0", "~");
      at =
          switch (at) {
            case null -> null;
            case Scalar _ -> null;
            case Mapping m -> m.entries().get(word);
            case Sequence s -> s.items().get(Integer.parseInt(word));
          };
    }
    return at;
  }

  /** A tree as JSON in one line. */
  static String json(Value value) {
    return switch (value) {
      case Scalar s -> s.type() == Value.Type.STRING ? quoted(s.text()) : plain(s);
      case Sequence s ->
          s.items().stream().map(Remedies::json).collect(Collectors.joining(",", "[", "]"));
      case Mapping m ->
          m.entries().entrySet().stream()
              .map(e -> quoted(e.getKey()) + ":" + json(e.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  private static String plain(Scalar scalar) {
    return switch (scalar.type()) {
      case NULL -> "null";
      case BOOLEAN -> scalar.text().toLowerCase(Locale.ROOT);
      case INTEGER, FLOAT -> scalar.text();
      case STRING -> quoted(scalar.text());
    };
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c < 0x20 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return out.append('"').toString();
  }
}
