package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.snapshot.Value.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The tree of one JSON text as an API server sends it. Keeps no places in the text: the places of a
 * live object are its name and JSON pointers. Nesting is limited to {@value #MAX_DEPTH} levels.
 */
public final class ApiJson {
  /** The API server's own limit is lower. */
  public static final int MAX_DEPTH = 200;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private ApiJson() {}

  /**
   * A text that is not one JSON object; the message says what is wrong and where, without the text.
   */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /**
   * Reads one JSON object.
   *
   * @param text UTF-8
   */
  public static Mapping read(byte[] text) throws Malformed {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("not a JSON object");
      }
      Mapping root = mapping(parser);
      if (parser.nextToken() != null) {
        throw new Malformed("text after the JSON object");
      }
      return root;
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new Malformed("broken JSON" + (at == null ? "" : " at byte " + at.getByteOffset()));
    }
  }

  private static Mapping mapping(JsonParser parser) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      entries.put(key, value(parser, parser.nextToken()));
    }
    return new Mapping(entries, Mark.NONE);
  }

  private static Sequence sequence(JsonParser parser) {
    List<Value> items = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(value(parser, t));
    }
    return new Sequence(items, Mark.NONE);
  }

  private static Value value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> mapping(parser);
      case START_ARRAY -> sequence(parser);
      case VALUE_STRING -> new Scalar(parser.getString(), Type.STRING, Mark.NONE);
      case VALUE_NUMBER_INT -> new Scalar(parser.getString(), Type.INTEGER, Mark.NONE);
      case VALUE_NUMBER_FLOAT -> new Scalar(parser.getString(), Type.FLOAT, Mark.NONE);
      case VALUE_TRUE -> new Scalar("true", Type.BOOLEAN, Mark.NONE);
      case VALUE_FALSE -> new Scalar("false", Type.BOOLEAN, Mark.NONE);
      case VALUE_NULL -> new Scalar("null", Type.NULL, Mark.NONE);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("the parser gave " + token + " for a value");
    };
  }
}
