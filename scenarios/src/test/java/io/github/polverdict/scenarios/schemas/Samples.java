package io.github.polverdict.scenarios.schemas;

import com.google.re2j.Pattern;
import io.github.polverdict.snapshot.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Objects that a schema takes, with more or less of what may be left out. */
final class Samples {
  static final List<String> TEXTS =
      List.of(
          "a",
          "web",
          "80",
          "443",
          "0",
          "1",
          "10.0.0.0/8",
          "10.0.0.1",
          "fd00::/8",
          "::1",
          "TCP",
          "ANY",
          "default",
          "api.example.com",
          "*.example.com",
          "EchoReply",
          "GET",
          "8",
          "a/b",
          "10.1.0.0/16",
          "x-y",
          "k8s:app",
          "any.role");

  private final Random random;
  private final double share;

  /**
   * @param share how much of what may be left out is there, 0 to 1
   */
  Samples(long seed, double share) {
    this.random = new Random(seed);
    this.share = share;
  }

  /** A whole object; name as {@code release/group/version/Kind}. */
  Map<String, Object> object(String name, Schema schema) {
    return object(name, schema, List.of());
  }

  /** A whole object that has the member at the path; {@code *} is an item or any other member. */
  Map<String, Object> object(String name, Schema schema, List<String> path) {
    String[] parts = name.split("/", -1);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("apiVersion", parts[1] + "/" + parts[2]);
    out.put("kind", parts[3]);
    out.put("metadata", Map.of("name", "default"));
    Map<String, Object> made = members(schema, path);
    made.keySet().removeAll(Set.of("apiVersion", "kind", "metadata", "status"));
    out.putAll(made);
    if (schema.property("specs").isPresent() && !made.containsKey("specs")) {
      out.computeIfAbsent("spec", _ -> value(schema.property("spec").orElseThrow(), List.of()));
    }
    return out;
  }

  private Object value(Schema schema, List<String> path) {
    List<String> values = schema.words("enum");
    String type = schema.types().isEmpty() ? "object" : schema.types().getFirst();
    return switch (type) {
      case "array" -> items(schema, path);
      case "boolean" -> random.nextBoolean();
      case "integer", "number" -> number(schema);
      case "string" -> values.isEmpty() ? text(schema) : values.get(random.nextInt(values.size()));
      case String _ -> members(schema, path);
    };
  }

  private Object number(Schema schema) {
    int least = schema.number("minimum").map(Number::intValue).orElse(0);
    int most = schema.number("maximum").map(Number::intValue).orElse(least + 100);
    return random.nextInt(4) == 0 ? most : Math.min(most, least + random.nextInt(10));
  }

  private static boolean fits(Schema schema, String text) {
    int least = schema.number("minLength").map(Number::intValue).orElse(0);
    int most = schema.number("maxLength").map(Number::intValue).orElse(Integer.MAX_VALUE);
    boolean range = text.matches("[0-9a-f.:]+/[0-9]+");
    boolean matches =
        schema.text("pattern").map(p -> Pattern.compile(p).matcher(text).find()).orElse(true);
    boolean asked =
        schema.text("format").map("cidr"::equals).orElse(false)
            || schema.rules().stream().anyMatch(r -> r.get("rule").text("").contains("isCIDR"));
    return text.length() >= least && text.length() <= most && matches && (!asked || range);
  }

  private String text(Schema schema) {
    List<String> fitting = TEXTS.stream().filter(t -> fits(schema, t)).toList();
    if (fitting.isEmpty()) {
      throw new AssertionError("no text for the pattern " + schema.text("pattern"));
    }
    return fitting.get(random.nextInt(fitting.size()));
  }

  private List<Object> items(Schema schema, List<String> path) {
    int least = schema.number("minItems").map(Number::intValue).orElse(0);
    int most = schema.number("maxItems").map(Number::intValue).orElse(3);
    int count = Math.min(most, least + (random.nextDouble() < share ? 1 : 0));
    count = path.isEmpty() ? count : Math.max(1, count);
    Schema items = schema.schema("items").orElseThrow();
    boolean distinct = schema.text("x-kubernetes-list-type").isPresent();
    List<Object> out = new ArrayList<>();
    IntStream.range(0, distinct ? Math.min(count, 1) : count)
        .forEach(i -> out.add(value(items, i == 0 ? rest(path) : List.of())));
    return out;
  }

  private static List<String> rest(List<String> path) {
    return path.isEmpty() ? path : path.subList(1, path.size());
  }

  private Map<String, Object> members(Schema schema, List<String> path) {
    String forced = path.isEmpty() ? null : path.getFirst();
    Set<String> names = new LinkedHashSet<>(schema.words("required"));
    Set<String> apart = new LinkedHashSet<>();
    for (String keyword : List.of("oneOf", "anyOf")) {
      List<Schema> one = schema.schemas(keyword);
      one.forEach(s -> apart.addAll(s.words("required")));
      if (!one.isEmpty()) {
        names.addAll(chosen(one, forced).words("required"));
      }
    }
    int most = schema.number("maxProperties").map(Number::intValue).orElse(Integer.MAX_VALUE);
    List<String> others = new ArrayList<>(schema.properties());
    others.removeAll(apart);
    if (forced != null && !forced.equals("*")) {
      names.add(forced);
    }
    for (String name : others) {
      boolean few = names.size() < schema.number("minProperties").map(Number::intValue).orElse(0);
      if (names.size() < most && (few || random.nextDouble() < share)) {
        names.add(name);
      }
    }
    Map<String, Object> out = new LinkedHashMap<>();
    for (String name : names) {
      Schema of = schema.property(name).orElseThrow(() -> new AssertionError(name));
      out.put(name, value(of, name.equals(forced) ? rest(path) : List.of()));
    }
    schema
        .schema("additionalProperties")
        .filter(_ -> "*".equals(forced) || random.nextDouble() < share)
        .ifPresent(of -> out.put("app", value(of, rest(path))));
    return withoutContradiction(schema, out, forced);
  }

  /** What rules in CEL ask for: a range that grows, no names of ports where there are no pods. */
  private static Map<String, Object> withoutContradiction(
      Schema schema, Map<String, Object> members, @Nullable String forced) {
    for (var rule : schema.rules()) {
      if (forced == null && rule.get("rule").text("").contains("self.to.exists(")) {
        members.keySet().removeAll(Set.of("ports", "protocols"));
      }
      if (rule.get("rule").text("").equals("self.start < self.end")) {
        members.put("start", 1);
        members.put("end", 2);
      }
    }
    return members;
  }

  private Schema chosen(List<Schema> one, @Nullable String forced) {
    return one.stream()
        .filter(s -> forced != null && s.words("required").contains(forced))
        .findFirst()
        .orElse(one.get(random.nextInt(one.size())));
  }
}
