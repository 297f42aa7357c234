package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import org.jspecify.annotations.Nullable;

/** The words for the types of nodes, those that the API server's decoder uses. */
final class FieldType {
  private FieldType() {}

  /**
   * {@code string}, {@code number}, {@code bool}, {@code null}, {@code array} or {@code object}.
   */
  static String of(Value value) {
    return switch (value) {
      case Mapping _ -> "object";
      case Sequence _ -> "array";
      case Scalar s ->
          switch (s.type()) {
            case STRING -> "string";
            case INTEGER, FLOAT -> "number";
            case BOOLEAN -> "bool";
            case NULL -> "null";
          };
    };
  }

  /** The type with its article and, for a scalar, the text: {@code the number 80}. */
  static String describe(Value value) {
    return switch (value) {
      case Mapping _, Sequence _ -> "an " + of(value);
      case Scalar s -> (s.type() == Value.Type.NULL ? "" : "the ") + named(value);
    };
  }

  /** The type and, for a scalar, the text: {@code number 80}. */
  static String named(@Nullable Value value) {
    return switch (value) {
      case null -> "null";
      case Scalar s when s.type() != Value.Type.NULL -> of(s) + " " + brief(s.text());
      case Value v -> of(v);
    };
  }

  static String brief(String text) {
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }
}
