package io.github.polverdict.scenarios.schemas;

import io.github.polverdict.snapshot.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Objects that a schema takes, with one to three things done to them. */
final class Mutations {
  private static final List<String> NAMES = List.of("spec", "unheardOf", "port", "matchLabels");
  private final Random random;

  private Mutations(Random random) {
    this.random = random;
  }

  static Map<String, Object> mutated(String name, Schema schema, long seed) {
    Random random = new Random(seed);
    Map<String, Object> sample =
        new Samples(seed, 0.1 + random.nextInt(4) * 0.1).object(name, schema);
    Map<String, Object> object = Json.parsed(Json.text(sample));
    Mutations mutations = new Mutations(random);
    int times = random.nextInt(4);
    for (int i = 0; i < times; i++) {
      mutations.mutate(object);
    }
    return object;
  }

  private void mutate(Map<String, Object> object) {
    List<Object> nodes = new ArrayList<>();
    object.forEach((key, value) -> {
      if (key.startsWith("spec")) {
        gather(value, nodes);
      }
    });
    if (nodes.isEmpty()) {
      object.put("spec", strange());
      return;
    }
    Object node = nodes.get(random.nextInt(nodes.size()));
    if (node instanceof List<?> list) {
      mutate(Json.list(list));
    } else {
      mutateMembers(Json.map(node));
    }
  }

  private static void gather(Object node, List<Object> nodes) {
    switch (node) {
      case Map<?, ?> map -> {
        nodes.add(map);
        map.values().forEach(v -> gather(v, nodes));
      }
      case List<?> list -> {
        nodes.add(list);
        list.forEach(v -> gather(v, nodes));
      }
      case null -> {}
      case Object _ -> {}
    }
  }

  private void mutate(List<Object> list) {
    switch (random.nextInt(5)) {
      case 0 -> list.add(list.isEmpty() ? strange() : list.getFirst());
      case 1 -> list.addAll(Collections.nCopies(130, list.isEmpty() ? strange() : list.getLast()));
      case 2 -> list.clear();
      default -> {
        if (!list.isEmpty()) {
          list.set(random.nextInt(list.size()), strange());
        }
      }
    }
  }

  private void mutateMembers(Map<String, Object> map) {
    List<String> keys = new ArrayList<>(map.keySet());
    String key =
        keys.isEmpty()
            ? NAMES.get(random.nextInt(NAMES.size()))
            : keys.get(random.nextInt(keys.size()));
    switch (random.nextInt(6)) {
      case 0 -> map.remove(key);
      case 1 -> map.put(NAMES.get(random.nextInt(NAMES.size())), strange());
      case 2 -> {
        Object value = map.remove(key);
        map.put(Character.toUpperCase(key.isEmpty() ? 'x' : key.charAt(0)) + "x", value);
      }
      default -> map.put(key, strange());
    }
  }

  private @Nullable Object strange() {
    return switch (random.nextInt(16)) {
      case 0 -> null;
      case 1 -> true;
      case 2 -> -1;
      case 3 -> 70000;
      case 4 -> 3_000_000_000L;
      case 5 -> 1.5;
      case 6 -> "";
      case 7 -> "a".repeat(300);
      case 8 -> new ArrayList<>();
      case 9 -> new LinkedHashMap<>();
      case 10 -> "Bad value\n";
      case 11 -> "010.0.0.0/8";
      case 12 -> "::ffff:10.0.0.1/120";
      case 13 -> 80;
      default -> Samples.TEXTS.get(random.nextInt(Samples.TEXTS.size()));
    };
  }
}
