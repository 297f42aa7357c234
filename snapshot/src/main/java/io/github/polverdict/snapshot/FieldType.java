package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;

/** The words for the types of nodes, those that the API server's decoder uses. */
final class FieldType {
  private FieldType() {}

  /** {@code string}, {@code number}, {@code bool}, {@code null}, {@code array} or {@code object}. */
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

  /** The type and, for a scalar, the text: {@code the number 80}. */
  static String describe(Value value) {
    return switch (value) {
      case Mapping _ -> "an object";
      case Sequence _ -> "an array";
      case Scalar s -> s.type() == Value.Type.NULL ? "null" : "the " + of(s) + " " + brief(s.text());
    };
  }

  static String brief(String text) {
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }
}
