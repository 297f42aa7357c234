package io.github.polverdict.snapshot.schema;

import io.github.polverdict.snapshot.ApiJson;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A structural schema, or a part of one: the tree of an {@code openAPIV3Schema} as it stands in a
 * definition, of which each keyword is read when it is asked for.
 */
public final class Schema {
  private static final String PART = "$part";

  private final Field node;
  private final List<Field> parts;

  private Schema(Field node, List<Field> parts) {
    Field part = node.get(PART);
    this.node = part.present() ? parts.get(Integer.parseInt(part.text("0"))) : node;
    this.parts = parts;
  }

  /**
   * The schemas of a bundle, by {@code group/version/Kind}; what {@code dialects/schemas/update}
   * writes: {@code {"schemas": {name: schema}, "parts": [schema]}}, where {@code {"$part": "3"}}
   * stands for the part of that index.
   *
   * @throws IllegalArgumentException when it is no such bundle
   */
  public static Map<String, Schema> bundle(byte[] json, String source) {
    try {
      Document all =
          new Document(new ResourceId("", "", "", ""), ApiJson.read(json), source, false);
      List<Field> parts = all.at("parts").items();
      Map<String, Schema> out = new LinkedHashMap<>();
      all.at("schemas").members().forEach((name, node) -> out.put(name, new Schema(node, parts)));
      return out;
    } catch (ApiJson.Malformed e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  /** The schema of a version in a CustomResourceDefinition; empty when it serves none of it. */
  public static Optional<Schema> defined(Document definition, String version) {
    return described(definition)
        .filter(v -> v.get("name").text("").equals(version))
        .map(v -> new Schema(v.get("schema").get("openAPIV3Schema"), List.of()))
        .findFirst();
  }

  /** The versions that a CustomResourceDefinition serves, with a schema. */
  public static List<String> served(Document definition) {
    return described(definition).map(v -> v.get("name").text("")).toList();
  }

  private static Stream<Field> described(Document definition) {
    return definition.at("spec", "versions").items().stream()
        .filter(v -> v.get("served").bool().orElse(true))
        .filter(v -> v.get("schema").get("openAPIV3Schema").present());
  }

  /** A schema that knows no field. */
  Schema none() {
    return inner(node.get("properties").get(""));
  }

  private Schema inner(Field other) {
    return new Schema(other, parts);
  }

  /** Where it stands in its definition or bundle: equal for equal parts. */
  public String pointer() {
    return node.pointer();
  }

  /** The text of a keyword; empty when it does not stand here. */
  public Optional<String> text(String keyword) {
    return node.get(keyword).text();
  }

  public Optional<BigDecimal> number(String keyword) {
    return node.get(keyword).number();
  }

  /** Whether a keyword is true. */
  public boolean is(String keyword) {
    return node.get(keyword).bool().orElse(false);
  }

  /** The texts of a keyword that is a list of scalars; none when it does not stand here. */
  public List<String> words(String keyword) {
    return node.get(keyword).items().stream().map(f -> f.text("null")).toList();
  }

  /** The value of {@code default}. */
  public Optional<Value> usual() {
    return Optional.ofNullable(node.get("default").value());
  }

  /** The schema of a keyword; empty when it does not stand here or is a boolean. */
  public Optional<Schema> schema(String keyword) {
    Field found = node.get(keyword);
    return found.value() instanceof Value.Mapping ? Optional.of(inner(found)) : Optional.empty();
  }

  /** The schemas of a keyword that is a list of them. */
  public List<Schema> schemas(String keyword) {
    return node.get(keyword).items().stream().map(this::inner).toList();
  }

  public Set<String> properties() {
    return node.get("properties").members().keySet();
  }

  public Optional<Schema> property(String name) {
    Field found = node.get("properties").get(name);
    return found.present() ? Optional.of(inner(found)) : Optional.empty();
  }

  /** The schema of a member: that of the property, or that of all others. */
  Optional<Schema> member(String name) {
    return property(name).or(() -> schema("additionalProperties"));
  }

  /** Whether members may have names that it does not tell. */
  boolean open() {
    return preserves() || node.get("additionalProperties").present();
  }

  boolean preserves() {
    return is("x-kubernetes-preserve-unknown-fields");
  }

  /** The types that a value may have, any when none. */
  public List<String> types() {
    return is("x-kubernetes-int-or-string")
        ? List.of("integer", "string")
        : text("type").map(List::of).orElse(List.of());
  }

  /** The rules in CEL. */
  public List<Field> rules() {
    return node.get("x-kubernetes-validations").items();
  }
}
