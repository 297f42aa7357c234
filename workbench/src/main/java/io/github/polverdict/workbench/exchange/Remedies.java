package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /** Changes what must be changed; a list of another length is set as a whole. */
  static Optional<String> patch(Document is, Document should) {
    List<String> steps = new ArrayList<>();
    steps("", is.root(), should.root(), steps);
    if (isFixed(is.id().kind(), steps)) {
      return Optional.of(
          "delete %s and make it anew as A has it: what it runs cannot be changed"
              .formatted(is.id().text()));
    }
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "kubectl patch %s --type=json -p '[%s]'"
                .formatted(named(is.id()), String.join(",", steps).replace("'", "'\\''")));
  }

  /** Of pods and Jobs the API server takes other labels only (validation of PodSpec, JobSpec). */
  private static boolean isFixed(String kind, List<String> steps) {
    String fixed =
        switch (kind) {
          case "Pod" -> "\"path\":\"/spec/";
          case "Job" -> "\"path\":\"/spec/template/";
          case String _ -> "";
        };
    return !fixed.isEmpty() && steps.stream().anyMatch(s -> s.contains(fixed));
  }

  private static void steps(
      String at, @Nullable Value is, @Nullable Value should, List<String> out) {
    if (Trees.same(is, should)) {
      return;
    }
    if (is instanceof Mapping one && should instanceof Mapping other) {
      TreeSet<String> keys = new TreeSet<>(one.entries().keySet());
      keys.addAll(other.entries().keySet());
      for (String key : keys) {
        String pointer = at + "/" + key.replace("~", "~0").replace("/", "~1");
        steps(pointer, one.entries().get(key), other.entries().get(key), out);
      }
    } else if (is instanceof Sequence one
        && should instanceof Sequence other
        && one.items().size() == other.items().size()) {
      for (int i = 0; i < one.items().size(); i++) {
        steps(at + "/" + i, one.items().get(i), other.items().get(i), out);
      }
    } else if (should == null) {
      out.add(step("remove", at, null));
    } else if (is == null && should instanceof Mapping m && m.entries().isEmpty()) {
      return; // as good as absent
    } else {
      out.add(step(is == null ? "add" : "replace", at, should));
    }
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
