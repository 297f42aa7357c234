package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares trees by what they say, not by where it stands. */
final class Trees {
  private Trees() {}

  /**
   * A place at which two trees differ.
   *
   * @param path as the API server writes it, {@code spec.ports[0].port}, by the first tree where it
   *     has the place
   * @param pointerA JSON pointer in the first
   * @param a null when the first does not have it
   */
  record Leaf(String path, String pointerA, String pointerB, @Nullable Value a, @Nullable Value b) {

    /** {@code spec.ports[0].port: 80 -> 8080}; of texts the lines from the first other one on. */
    String says() {
      List<String> one = lines(a);
      List<String> other = lines(b);
      int same = 0;
      int least = Math.min(one.size(), other.size());
      while (same < least - 1 && one.get(same).equals(other.get(same))) {
        same++;
      }
      return (path.startsWith(".") ? path.substring(1) : path)
          + ": "
          + shown(a, one.subList(same, one.size()))
          + " -> "
          + shown(b, other.subList(same, other.size()));
    }

    private static List<String> lines(@Nullable Value value) {
      return value == null ? List.of() : flow(value).lines().map(String::strip).toList();
    }

    private Leaf at(String key, @Nullable Value one, @Nullable Value other) {
      String escaped = "/" + key.replace("~", "~0").replace("/", "~1");
      String word = key.matches("[A-Za-z0-9_-]+") ? "." + key : "[" + key + "]";
      return new Leaf(path + word, pointerA + escaped, pointerB + escaped, one, other);
    }

    private Leaf item(Alignment.Couple couple, Sequence inA, Sequence inB) {
      int i = couple.a();
      int j = couple.b();
      return new Leaf(
          path + "[" + (i < 0 ? j + " of B" : i) + "]",
          pointerA + "/" + (i < 0 ? inA.items().size() : i),
          pointerB + "/" + (j < 0 ? inB.items().size() : j),
          i < 0 ? null : inA.items().get(i),
          j < 0 ? null : inB.items().get(j));
    }
  }

  /** Chooses what is to stand at a place at which two trees differ; null for nothing. */
  interface Pick {
    @Nullable Value of(Leaf leaf);
  }

  /** The tree in one line, keys sorted; the keys to leave out are left out everywhere. */
  static String text(@Nullable Value value, Set<String> without) {
    return switch (value) {
      case null -> "";
      case Scalar s -> s.type() == Value.Type.NULL ? "" : s.text();
      case Sequence s ->
          s.items().stream().map(i -> text(i, without)).collect(Collectors.joining(",", "[", "]"));
      case Mapping m -> {
        Map<String, String> sorted = new TreeMap<>();
        m.entries()
            .forEach((k, v) -> {
              if (!without.contains(k)) {
                sorted.put(k, text(v, without));
              }
            });
        yield sorted.toString();
      }
    };
  }

  static boolean same(@Nullable Value a, @Nullable Value b) {
    return (a == null) == (b == null) && text(a, Set.of()).equals(text(b, Set.of()));
  }

  /** Every place at which two trees differ, as deep as possible. */
  static List<Leaf> differences(@Nullable Value a, @Nullable Value b) {
    List<Leaf> out = new ArrayList<>();
    mixed(
        a,
        b,
        leaf -> {
          out.add(leaf);
          return leaf.a();
        });
    return out;
  }

  /** The tree that says what both say, and of each place at which they differ what is picked. */
  static @Nullable Value mixed(@Nullable Value a, @Nullable Value b, Pick pick) {
    return mixed(new Leaf("", "", "", a, b), pick);
  }

  private static @Nullable Value mixed(Leaf at, Pick pick) {
    if (same(at.a(), at.b())) {
      return at.a();
    }
    if (at.a() instanceof Mapping a && at.b() instanceof Mapping b) {
      Map<String, Value> out = new LinkedHashMap<>();
      TreeSet<String> keys = new TreeSet<>(a.entries().keySet());
      keys.addAll(b.entries().keySet());
      for (String key : keys) {
        Value value = mixed(at.at(key, a.entries().get(key), b.entries().get(key)), pick);
        if (value != null) {
          out.put(key, value);
        }
      }
      return new Mapping(out, a.mark());
    }
    if (at.a() instanceof Sequence a && at.b() instanceof Sequence b) {
      List<Value> out = new ArrayList<>();
      for (Alignment.Couple couple : Alignment.of(a.items(), b.items())) {
        Value value = mixed(at.item(couple, a, b), pick);
        if (value != null) {
          out.add(value);
        }
      }
      return new Sequence(out, a.mark());
    }
    return pick.of(at);
  }

  private static String shown(@Nullable Value value, List<String> lines) {
    if (value == null) {
      return "absent";
    }
    String text = String.join(" ", lines);
    return text.length() > 60 ? text.substring(0, 57) + "..." : text.isEmpty() ? "empty" : text;
  }

  /** As YAML in one line. */
  private static String flow(Value value) {
    return switch (value) {
      case Scalar s -> s.type() == Value.Type.NULL ? "null" : s.text();
      case Sequence s ->
          s.items().stream().map(Trees::flow).collect(Collectors.joining(", ", "[", "]"));
      case Mapping m ->
          m.entries().entrySet().stream()
              .map(e -> e.getKey() + ": " + flow(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  /** The mapping with one member set. */
  static Mapping with(Mapping mapping, String key, Value value) {
    Map<String, Value> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(key, value);
    return new Mapping(entries, mapping.mark());
  }

  /** The tree with another one at the end of a path; empty for the whole. */
  static Value set(Mapping root, List<String> path, Value value) {
    if (path.isEmpty()) {
      return value;
    }
    Mapping inner =
        root.entries().get(path.getFirst()) instanceof Mapping m
            ? m
            : new Mapping(Map.of(), root.mark());
    return with(root, path.getFirst(), set(inner, path.subList(1, path.size()), value));
  }
}
