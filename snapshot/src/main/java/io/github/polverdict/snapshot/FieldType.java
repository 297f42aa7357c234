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

  /** The beginning of a long text, on one line. */
  static String brief(String text) {
    return oneLine(text.length() > 60 ? text.substring(0, 57) + "..." : text);
  }

  /** The text with its control characters escaped, so that no input can act on a terminal. */
  static String oneLine(String text) {
    if (text.chars().noneMatch(FieldType::acts)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.chars().forEach(c -> out.append(acts(c) ? "\\u%04x".formatted(c) : Character.toString(c)));
    return out.toString();
  }

  private static boolean acts(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
