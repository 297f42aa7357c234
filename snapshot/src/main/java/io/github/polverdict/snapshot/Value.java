package io.github.polverdict.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One node of a document's tree. */
public sealed interface Value {

  /** Where it begins: 1-based line and column; 0 when it has no text. */
  Mark mark();

  /** A place in a text, both numbers 1-based. */
  record Mark(int line, int column) {
    public static final Mark NONE = new Mark(0, 0);
  }

  /** Keys and values in the order of the text. */
  record Mapping(Map<String, Value> entries, Mark mark) implements Value {
    public Mapping {
      if (!(entries instanceof Entries)) {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      }
    }
  }

  /** Items in order. */
  record Sequence(List<Value> items, Mark mark) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A scalar.
   *
   * @param text as written, without quotes
   * @param type what Kubernetes' own reader takes it for
   */
  record Scalar(String text, Type type, Mark mark) implements Value {}

  /** The JSON type of a scalar. */
  enum Type {
    STRING,
    INTEGER,
    FLOAT,
    BOOLEAN,
    NULL
  }
}
