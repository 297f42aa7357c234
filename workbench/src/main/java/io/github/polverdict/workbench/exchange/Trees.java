package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares trees by what they say, not by where it stands. */
final class Trees {
  private static final int MOST_LINES = 6;

  private Trees() {}

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

  /** What differs, one line for each place, {@code spec.ports[0].port: 80 -> 8080}. */
  static List<String> differences(@Nullable Value a, @Nullable Value b, String path) {
    List<String> out = new ArrayList<>();
    collect(a, b, path, out);
    if (out.size() <= MOST_LINES) {
      return out;
    }
    List<String> some = new ArrayList<>(out.subList(0, MOST_LINES - 1));
    some.add("and " + (out.size() - MOST_LINES + 1) + " more");
    return some;
  }

  private static void collect(@Nullable Value a, @Nullable Value b, String path, List<String> out) {
    if (text(a, Set.of()).equals(text(b, Set.of())) && (a == null) == (b == null)) {
      return;
    }
    if (a instanceof Mapping ma && b instanceof Mapping mb) {
      TreeSet<String> keys = new TreeSet<>(ma.entries().keySet());
      keys.addAll(mb.entries().keySet());
      keys.forEach(k -> collect(ma.entries().get(k), mb.entries().get(k), path + "." + k, out));
    } else if (a instanceof Sequence sa && b instanceof Sequence sb) {
      int size = Math.max(sa.items().size(), sb.items().size());
      for (int i = 0; i < size; i++) {
        Value one = i < sa.items().size() ? sa.items().get(i) : null;
        Value other = i < sb.items().size() ? sb.items().get(i) : null;
        collect(one, other, path + "[" + i + "]", out);
      }
    } else {
      out.add(path + ": " + shown(a) + " -> " + shown(b));
    }
  }

  private static String shown(@Nullable Value value) {
    if (value == null) {
      return "absent";
    }
    String text = text(value, Set.of());
    return text.length() > 60 ? text.substring(0, 57) + "..." : text.isEmpty() ? "empty" : text;
  }
}
