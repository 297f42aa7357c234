package io.github.polverdict.scenarios.schemas;

import io.github.polverdict.snapshot.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** For each keyword of a schema, at each place that it stands, an object that breaks just that. */
final class Violations {
  /**
   * One object.
   *
   * @param pointer where the refusal belongs
   * @param says what its message has in it
   */
  record Violation(String keyword, Map<String, Object> object, String pointer, String says) {}

  private final String name;
  private final Schema root;
  private final List<Violation> found = new ArrayList<>();
  private final Set<String> visited = new HashSet<>();

  private Violations(String name, Schema root) {
    this.name = name;
    this.root = root;
  }

  static List<Violation> of(String name, Schema root) {
    Violations all = new Violations(name, root);
    root.properties().stream()
        .filter(p -> !Set.of("apiVersion", "kind", "metadata", "status").contains(p))
        .forEach(p -> all.walk(root.property(p).orElseThrow(), List.of(p)));
    return all.found;
  }

  /** The schema and all below it, each once. */
  static List<Schema> parts(Schema root) {
    List<Schema> out = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Deque<Schema> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Schema next = open.pop();
      if (seen.add(next.pointer())) {
        out.add(next);
        next.properties().forEach(p -> next.property(p).ifPresent(open::push));
        for (String keyword : List.of("items", "additionalProperties", "not")) {
          next.schema(keyword).ifPresent(open::push);
        }
        List.of("allOf", "anyOf", "oneOf").forEach(k -> next.schemas(k).forEach(open::push));
      }
    }
    return out;
  }

  private void walk(Schema schema, List<String> path) {
    if (!visited.add(schema.pointer())) {
      return;
    }
    for (String type : schema.types().stream().limit(1).toList()) {
      Object other = type.equals("boolean") || type.equals("object") ? "text" : true;
      broken("type", path, other, "", "must be of type");
    }
    strings(schema, path);
    numbers(schema, path);
    if (!schema.words("enum").isEmpty()) {
      Object other = schema.types().contains("string") ? "Other" : 1234567;
      broken("enum", path, other, "", "Unsupported value: ");
    }
    schema.schema("items").ifPresent(items -> items(schema, items, path));
    schema.schema("additionalProperties").ifPresent(members -> walk(members, appended(path, "*")));
    for (String property : schema.properties()) {
      walk(schema.property(property).orElseThrow(), appended(path, property));
    }
    members(schema, path);
  }

  private void strings(Schema schema, List<String> path) {
    schema
        .number("maxLength")
        .ifPresent(
            most -> broken("maxLength", path, "a".repeat(most.intValue() + 1), "", "Too long: "));
    if (schema.number("minLength").isPresent()) {
      broken("minLength", path, "", "", "should be at least");
    }
    schema
        .text("pattern")
        .filter(p -> !com.google.re2j.Pattern.compile(p).matcher("\n").find())
        .ifPresent(_ -> broken("pattern", path, "\n", "", "should match"));
    if (schema.text("format").isPresent()) {
      broken("format", path, "10.0.0.0/33", "", "must be of type cidr");
    }
    if (schema.rules().stream().anyMatch(r -> r.get("rule").text("").equals("isCIDR(self)"))) {
      broken("x-kubernetes-validations", path, "10.0.0.0/33", "", "Invalid CIDR format provided");
    }
  }

  private void numbers(Schema schema, List<String> path) {
    schema
        .number("maximum")
        .ifPresent(most -> broken("maximum", path, most.intValue() + 1, "", "should be less than"));
    schema
        .number("minimum")
        .ifPresent(
            least -> broken("minimum", path, least.intValue() - 1, "", "should be greater than"));
  }

  private void items(Schema schema, Schema items, List<String> path) {
    walk(items, appended(path, "*"));
    Object item =
        at(new Samples(1, 0).object(name, root, appended(path, "*")), appended(path, "*"));
    schema
        .number("maxItems")
        .ifPresent(most -> {
          List<Object> many =
              IntStream.rangeClosed(0, most.intValue()).mapToObj(_ -> item).toList();
          broken("maxItems", path, many, "", "Too many: ");
        });
    if (schema.number("minItems").filter(least -> least.intValue() > 0).isPresent()) {
      broken("minItems", path, List.of(), "", "should have at least");
    }
    if (schema.text("x-kubernetes-list-type").isPresent()) {
      broken("x-kubernetes-list-type", path, List.of(item, item), "/1", "Duplicate value: ");
    }
  }

  private void members(Schema schema, List<String> path) {
    if (!(at(new Samples(1, 0).object(name, root, path), path) instanceof Map<?, ?> sample)) {
      return;
    }
    for (String required : schema.words("required")) {
      if (schema.property(required).filter(p -> p.usual().isPresent()).isEmpty()) {
        Map<String, Object> without = new HashMap<>(Json.map(sample));
        without.remove(required);
        broken("required", path, without, "/" + required, "Required value");
      }
    }
    if (schema.schema("additionalProperties").isEmpty() && !schema.properties().isEmpty()) {
      Map<String, Object> more = new HashMap<>(Json.map(sample));
      more.put("unheardOf", 1);
      broken("properties", path, more, "/unheardOf", "unknown field ");
    }
    if (schema.number("minProperties").isPresent()) {
      broken("minProperties", path, Map.of(), "", "should have at least");
    }
    schema
        .number("maxProperties")
        .filter(most -> schema.properties().size() > most.intValue())
        .ifPresent(_ -> {
          Map<String, Object> many = new HashMap<>();
          schema.properties().forEach(p -> many.put(p, true));
          broken("maxProperties", path, many, "", "Too many: ");
        });
    if (!schema.schemas("oneOf").isEmpty()) {
      broken("oneOf", path, Map.of(), "", "one and only one schema (oneOf). Found none valid");
    }
    if (schema.schemas("anyOf").stream().anyMatch(s -> !s.words("required").isEmpty())) {
      Map<String, Object> without = new HashMap<>(Json.map(sample));
      schema.schemas("anyOf").forEach(s -> without.keySet().removeAll(s.words("required")));
      broken("anyOf", path, without, "", "must validate at least one schema (anyOf)");
    }
    if (schema.rules().stream().anyMatch(r -> r.get("rule").text("").contains("start <"))) {
      Map<String, Object> turned = Map.of("start", 2, "end", 1);
      broken("x-kubernetes-validations", path, turned, "", "Start port must be less");
    }
  }

  private void broken(String keyword, List<String> path, Object value, String more, String says) {
    Map<String, Object> object = Json.parsed(Json.text(new Samples(1, 0).object(name, root, path)));
    Object parent = at(object, path.subList(0, path.size() - 1));
    StringBuilder pointer = new StringBuilder();
    if (parent instanceof List<?> list) {
      Json.list(list).set(0, value);
    } else {
      Json.map(parent).put(key(parent, path.getLast()), value);
    }
    Object at = object;
    for (String step : path) {
      String key = at instanceof List<?> ? "0" : key(at, step);
      pointer.append('/').append(key);
      Object below = at instanceof List<?> list ? list.getFirst() : Json.map(at).get(key);
      at = Objects.requireNonNull(below, key);
    }
    found.add(new Violation(keyword, object, pointer + more, says));
  }

  private static String key(Object map, String step) {
    return step.equals("*") ? "app" : step;
  }

  private static Object at(Object object, List<String> path) {
    Object at = object;
    for (String step : path) {
      at = at instanceof List<?> list ? list.getFirst() : Json.map(at).get(key(at, step));
      if (at == null) {
        throw new AssertionError("no " + path + " in " + object);
      }
    }
    return at;
  }

  private static List<String> appended(List<String> path, String step) {
    List<String> out = new ArrayList<>(path);
    out.add(step);
    return out;
  }
}
