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

    /** {@code spec.ports[0].port: 80 -> 8080}. */
    String says() {
      return path + ": " + shown(a) + " -> " + shown(b);
    }

    private Leaf at(String key, @Nullable Value one, @Nullable Value other) {
      String escaped = "/" + key.replace("~", "~0").replace("/", "~1");
      String word = key.matches("[A-Za-z0-9_-]+") ? "." + key : "[" + key + "]";
      return new Leaf(path + word, pointerA + escaped, pointerB + escaped, one, other);
    }

    private Leaf item(int i, int j, @Nullable Value one, @Nullable Value other) {
      int index = one == null ? j : i;
      return new Leaf(path + "[" + index + "]", pointerA + "/" + i, pointerB + "/" + j, one, other);
    }
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

  private static boolean same(@Nullable Value a, @Nullable Value b) {
    return (a == null) == (b == null) && text(a, Set.of()).equals(text(b, Set.of()));
  }

  /** Every place at which the trees of one key differ, as deep as possible. */
  static List<Leaf> differences(@Nullable Value a, @Nullable Value b, String key) {
    List<Leaf> out = new ArrayList<>();
    collect(new Leaf(key, "/" + key, "/" + key, a, b), out);
    return out;
  }

  private static void collect(Leaf at, List<Leaf> out) {
    if (same(at.a(), at.b())) {
      return;
    }
    if (at.a() instanceof Mapping a && at.b() instanceof Mapping b) {
      TreeSet<String> keys = new TreeSet<>(a.entries().keySet());
      keys.addAll(b.entries().keySet());
      keys.forEach(k -> collect(at.at(k, a.entries().get(k), b.entries().get(k)), out));
    } else if (at.a() instanceof Sequence a && at.b() instanceof Sequence b) {
      items(at, a.items(), b.items(), out);
    } else {
      out.add(at);
    }
  }

  /** Items before and after what differs are the same; what is left is taken in order. */
  private static void items(Leaf at, List<Value> a, List<Value> b, List<Leaf> out) {
    int start = 0;
    while (start < Math.min(a.size(), b.size()) && same(a.get(start), b.get(start))) {
      start++;
    }
    int ends = 0;
    while (ends < Math.min(a.size(), b.size()) - start
        && same(a.get(a.size() - 1 - ends), b.get(b.size() - 1 - ends))) {
      ends++;
    }
    for (int i = start; i < Math.max(a.size(), b.size()) - ends; i++) {
      Value one = i < a.size() - ends ? a.get(i) : null;
      Value other = i < b.size() - ends ? b.get(i) : null;
      collect(at.item(i, i, one, other), out);
    }
  }

  private static String shown(@Nullable Value value) {
    if (value == null) {
      return "absent";
    }
    String text = text(value, Set.of());
    return text.length() > 60 ? text.substring(0, 57) + "..." : text.isEmpty() ? "empty" : text;
  }

  /** The mapping with one member set. */
  static Mapping with(Mapping mapping, String key, Value value) {
    Map<String, Value> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(key, value);
    return new Mapping(entries, mapping.mark());
  }
}
