package io.github.polverdict.snapshot.schema;

import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.SchemaChecks;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists whose items, or the keys of them, must differ: {@code x-kubernetes-list-type} {@code set}
 * and {@code map} (apiextensions-apiserver 0.34, {@code schema/listtype/validation.go}).
 */
final class ListTypes {
  private ListTypes() {}

  static void check(Field field, Schema schema, SchemaChecks checks) {
    if (field.value() instanceof Sequence) {
      switch (schema.text("x-kubernetes-list-type").orElse("")) {
        case "set" -> distinct(field.items(), List.of(), checks);
        case "map" -> distinct(field.items(), schema.words("x-kubernetes-list-map-keys"), checks);
        case String _ -> {}
      }
    }
    schema
        .schema("items")
        .ifPresent(items -> field.items().forEach(item -> check(item, items, checks)));
    field
        .members()
        .forEach((name, member) -> schema.member(name).ifPresent(of -> check(member, of, checks)));
  }

  /** The second of its like is told, no further one. */
  private static void distinct(List<Field> items, List<String> keys, SchemaChecks checks) {
    Map<String, Integer> seen = new HashMap<>();
    for (Field item : items) {
      String value = keys.isEmpty() ? Json.of(item.value()) : Json.of(keys(item, keys));
      if (seen.merge(value, 1, Integer::sum) == 2) {
        checks.duplicate(item, value);
      }
    }
  }

  private static Mapping keys(Field item, List<String> keys) {
    Map<String, Value> out = new TreeMap<>();
    for (String key : keys) {
      Value value = item.get(key).value();
      if (value != null) {
        out.put(key, value);
      }
    }
    return new Mapping(out, Value.Mark.NONE);
  }
}
