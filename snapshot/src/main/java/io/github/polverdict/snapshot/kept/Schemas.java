package io.github.polverdict.snapshot.kept;

import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Schemas of definitions without what is for readers only, which is most of their text. */
final class Schemas {
  private static final Set<String> FOR_READERS =
      Set.of("description", "title", "example", "externalDocs");

  private Schemas() {}

  /** A schema, or a list of schemas. */
  static Value undescribed(Value schema) {
    return switch (schema) {
      case Scalar s -> s;
      case Sequence s ->
          new Sequence(s.items().stream().map(Schemas::undescribed).toList(), s.mark());
      case Mapping m -> {
        Map<String, Value> out = new LinkedHashMap<>();
        m.entries()
            .forEach((keyword, value) -> {
              if (!FOR_READERS.contains(keyword)) {
                out.put(keyword, keyword(keyword, value));
              }
            });
        yield new Mapping(out, m.mark());
      }
    };
  }

  private static Value keyword(String keyword, Value value) {
    return switch (keyword) {
      case "properties" -> value instanceof Mapping m ? each(m) : value;
      case "items", "additionalProperties", "not", "allOf", "anyOf", "oneOf" -> undescribed(value);
      case String _ -> value;
    };
  }

  private static Mapping each(Mapping schemas) {
    Map<String, Value> out = new LinkedHashMap<>();
    schemas.entries().forEach((name, schema) -> out.put(name, undescribed(schema)));
    return new Mapping(out, schemas.mark());
  }
}
