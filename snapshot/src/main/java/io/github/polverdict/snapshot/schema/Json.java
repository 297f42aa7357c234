package io.github.polverdict.snapshot.schema;

import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as the API server writes them in messages: JSON on one line, keys in order. */
final class Json {
  private Json() {}

  static String of(@Nullable Value value) {
    return switch (value) {
      case null -> "null";
      case Scalar s when s.type() == Value.Type.STRING ->
          "\"" + s.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
      case Scalar s -> s.text();
      case Sequence s ->
          s.items().stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
      case Mapping m ->
          new TreeMap<>(m.entries())
              .entrySet().stream()
                  .map(e -> "\"" + e.getKey() + "\":" + of(e.getValue()))
                  .collect(Collectors.joining(",", "{", "}"));
    };
  }
}
