package io.github.polverdict.scenarios.schemas;

import io.github.polverdict.snapshot.ApiJson;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Objects as plain maps, lists and scalars, to change and to read as polverdict does. */
final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> parsed(String text) {
    return MAPPER.readValue(text, Map.class);
  }

  static Document document(Map<String, Object> object) {
    try {
      ResourceId id =
          new ResourceId(
              String.valueOf(object.get("apiVersion")), String.valueOf(object.get("kind")), "", "");
      byte[] text = text(object).getBytes(StandardCharsets.UTF_8);
      return new Document(id, ApiJson.read(text), "made", false);
    } catch (ApiJson.Malformed e) {
      throw new AssertionError(e);
    }
  }
}
