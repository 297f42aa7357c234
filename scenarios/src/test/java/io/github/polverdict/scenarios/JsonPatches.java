package io.github.polverdict.scenarios;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Value;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Applies JSON Patches (RFC 6902: add, remove, move) to manifests; strict as a server is. */
final class JsonPatches {
  private static final JsonMapper JSON = new JsonMapper();

  private JsonPatches() {}

  /** All manifests, as JSON documents, with the patch applied to the object of that name. */
  static String applied(String yaml, String object, String patch) {
    return Conformance.snapshot(yaml).documents().stream()
        .map(d -> {
          JsonNode root = json(d.root());
          if (name(d).equals(object)) {
            JSON.readTree(patch).forEach(op -> apply(root, op));
          }
          return "---\n" + JSON.writeValueAsString(root) + "\n";
        })
        .collect(Collectors.joining());
  }

  private static String name(Document document) {
    return document.id().text();
  }

  private static JsonNode json(Value value) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    return switch (value) {
      case Value.Mapping m -> {
        ObjectNode out = factory.objectNode();
        m.entries().forEach((key, member) -> out.set(key, json(member)));
        yield out;
      }
      case Value.Sequence s -> {
        ArrayNode out = factory.arrayNode();
        s.items().forEach(item -> out.add(json(item)));
        yield out;
      }
      case Value.Scalar s ->
          switch (s.type()) {
            case STRING -> factory.stringNode(s.text());
            case INTEGER -> factory.numberNode(Long.parseLong(s.text()));
            case FLOAT -> factory.numberNode(Double.parseDouble(s.text()));
            case BOOLEAN -> factory.booleanNode(Boolean.parseBoolean(s.text()));
            case NULL -> factory.nullNode();
          };
    };
  }

  private static void apply(JsonNode root, JsonNode op) {
    String path = op.get("path").asString();
    switch (op.get("op").asString()) {
      case "add" -> add(root, path, op.get("value"));
      case "remove" -> remove(root, path);
      case "move" -> add(root, path, remove(root, op.get("from").asString()));
      case String other -> throw new IllegalArgumentException(other);
    }
  }

  private static JsonNode parent(JsonNode root, String path) {
    JsonNode at = root.at(path.substring(0, path.lastIndexOf('/')));
    if (at.isMissingNode()) {
      throw new IllegalArgumentException("nothing is at the parent of " + path);
    }
    return at;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private static void add(JsonNode root, String path, JsonNode value) {
    switch (parent(root, path)) {
      case ArrayNode array when last(path).equals("-") -> array.add(value);
      case ArrayNode array -> array.insert(Integer.parseInt(last(path)), value);
      case ObjectNode object -> object.set(last(path), value);
      case JsonNode other -> throw new IllegalArgumentException(path + " is in " + other);
    }
  }

  private static JsonNode remove(JsonNode root, String path) {
    JsonNode old = root.at(path);
    if (old.isMissingNode()) {
      throw new IllegalArgumentException("nothing is at " + path);
    }
    switch (parent(root, path)) {
      case ArrayNode array -> array.remove(Integer.parseInt(last(path)));
      case ObjectNode object -> object.remove(last(path));
      case JsonNode other -> throw new IllegalArgumentException(path + " is in " + other);
    }
    return old;
  }
}
