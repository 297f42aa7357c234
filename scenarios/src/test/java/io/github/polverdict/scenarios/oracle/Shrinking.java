package io.github.polverdict.scenarios.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Takes things out of a world for as long as something holds of it. */
final class Shrinking {
  private final Predicate<World> holds;
  private World world;

  private Shrinking(World world, Predicate<World> holds) {
    this.world = world;
    this.holds = holds;
  }

  /** What other objects need, or follows from them. */
  private static final Set<String> NEEDED = Set.of("Namespace", "EndpointSlice");

  static World of(World world, Predicate<World> holds) {
    Shrinking shrinking = new Shrinking(world, holds);
    World before;
    do {
      before = shrinking.world;
      shrinking.objects();
      shrinking.settings();
      shrinking.fields();
    } while (!before.equals(shrinking.world));
    return shrinking.world;
  }

  private boolean keeps(World smaller) {
    if (holds.test(smaller)) {
      world = smaller;
      return true;
    }
    return false;
  }

  private void objects() {
    for (int i = world.objects().size() - 1; i >= 0; i--) {
      if (!NEEDED.contains(String.valueOf(world.objects().get(i).get("kind")))) {
        keeps(world.without(i));
      }
    }
  }

  private void settings() {
    for (String name : List.copyOf(world.settings().keySet())) {
      if (name.equals("enable-sctp")) {
        continue; // the oracle does not know the datapath without it
      }
      Map<String, String> fewer = new TreeMap<>(world.settings());
      fewer.remove(name);
      keeps(world.set(fewer));
    }
  }

  private void fields() {
    for (int i = 0; i < world.objects().size(); i++) {
      int object = i;
      boolean smaller = true;
      while (smaller && World.isPolicy(world.objects().get(object))) {
        List<Map<String, Object>> variants = new ArrayList<>();
        Map<String, Object> whole = world.objects().get(object);
        for (String part : List.of("spec", "specs")) {
          if (whole.containsKey(part)) {
            fewer(whole.get(part), p -> variants.add(with(whole, part, p)));
          }
        }
        smaller = variants.stream().anyMatch(v -> keeps(world.with(object, v)));
      }
    }
  }

  /** Every tree with one thing less. */
  private static void fewer(Object tree, Consumer<Object> out) {
    if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        Map<Object, Object> rest = new LinkedHashMap<>(map);
        rest.remove(key);
        out.accept(rest);
        fewer(value, v -> out.accept(with(map, key, v)));
      });
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        int at = i;
        List<Object> rest = new ArrayList<>(list);
        rest.remove(at);
        out.accept(rest);
        fewer(
            list.get(at),
            v -> {
              List<Object> changed = new ArrayList<>(list);
              changed.set(at, v);
              out.accept(changed);
            });
      }
    }
  }

  private static <K, V> Map<K, V> with(Map<? extends K, ? extends V> map, K key, V value) {
    Map<K, V> out = new LinkedHashMap<>(map);
    out.put(key, value);
    return out;
  }
}
