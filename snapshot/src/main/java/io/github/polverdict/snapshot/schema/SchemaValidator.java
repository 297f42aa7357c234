package io.github.polverdict.snapshot.schema;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import io.github.polverdict.snapshot.SchemaChecks;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.snapshot.Value.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why the API server would refuse an object, in its words: unknown fields, the schema, lists with
 * keys, and rules in CEL (kubernetes 1.34: apiextensions-apiserver {@code
 * registry/customresource/strategy.go}, kube-openapi {@code pkg/validation/validate}). The server
 * leaves the rules out while something else is wrong; here all is said at once.
 */
public final class SchemaValidator {
  private final String code;
  private final boolean stored;
  private final SchemaChecks checks;

  private SchemaValidator(String code, boolean stored) {
    this.code = code;
    this.stored = stored;
    this.checks = new SchemaChecks(code);
  }

  /**
   * The refusals of one object, each with its place; none when it would be taken.
   *
   * @param code of the findings
   * @param stored whether a server took the object before: rules in CEL may be younger than it, and
   *     what is empty may have held a field that the server's own schema lacks
   */
  public static List<Finding> refusals(
      Document document, Schema schema, String code, boolean stored) {
    FieldChecks unknown = new FieldChecks(code);
    Document coerced = new Coercion(unknown).of(document, schema);
    SchemaValidator validator = new SchemaValidator(code, stored);
    validator.check(coerced.field(), schema);
    ListTypes.check(coerced.field(), schema, validator.checks);
    List<Finding> out = new ArrayList<>(unknown.findings());
    out.addAll(validator.checks.findings());
    if (!stored) {
      SchemaChecks broken = new SchemaChecks(code);
      rules(coerced.field(), schema, broken);
      out.addAll(broken.findings());
    }
    return out;
  }

  /** Whether a rule in CEL is asked, or is one that only a change can break. */
  public static boolean asks(String rule) {
    return Rules.isOfChange(rule) || Rules.of(rule).isPresent();
  }

  /** Whether text in a format is looked at. */
  public static boolean looksAt(String format) {
    return Formats.KNOWN.contains(format);
  }

  private void check(Field field, Schema schema) {
    boolean typed = isOfType(field, schema);
    List<String> values = schema.words("enum");
    if (!values.isEmpty()) {
      checks.supported(field, Json.of(field.value()), values);
    }
    if (!field.present()) {
      return;
    }
    alternatives(field, schema);
    switch (field.value()) {
      case Scalar s when s.type() == Type.STRING -> string(field, schema, typed);
      case Scalar s when s.type() != Type.BOOLEAN -> number(field, schema);
      case Sequence _ -> sequence(field, schema);
      case Mapping _ -> mapping(field, schema);
      case Scalar _ -> {}
      case null -> {}
    }
  }

  private boolean isOfType(Field field, Schema schema) {
    List<String> types = schema.types();
    String format = schema.text("format").filter(Formats.KNOWN::contains).orElse("");
    boolean fits =
        types.isEmpty()
            || (!format.isEmpty() && field.value() instanceof Sequence) // as typeValidator has it
            || switch (field.value()) {
              case Mapping _ -> types.contains("object");
              case Sequence _ -> types.contains("array");
              case Scalar s -> types.stream().anyMatch(t -> isOfType(s, t));
              case null -> schema.is("nullable");
            };
    if (!fits) {
      checks.typed(field, String.join(",", types));
    }
    return fits;
  }

  private static boolean isOfType(Scalar scalar, String type) {
    return switch (scalar.type()) {
      case STRING -> type.equals("string");
      case INTEGER -> type.equals("integer") || type.equals("number");
      case FLOAT -> type.equals("number") || (type.equals("integer") && isWhole(scalar.text()));
      case BOOLEAN -> type.equals("boolean");
      case NULL -> false;
    };
  }

  private static boolean isWhole(String text) {
    try {
      return Double.parseDouble(text) % 1 == 0;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private void string(Field field, Schema schema, boolean typed) {
    Optional<Integer> most = whole(schema, "maxLength");
    Optional<Integer> least = whole(schema, "minLength");
    if ((most.isEmpty() || checks.length(field, most.get()))
        && (least.isEmpty() || checks.leastLength(field, least.get()))) {
      schema.text("pattern").ifPresent(p -> checks.matches(field, p));
    }
    String format = schema.text("format").orElse("");
    if (typed && !Formats.fits(format, field.text(""))) {
      checks.malformed(field, format);
    }
  }

  private void number(Field field, Schema schema) {
    schema
        .number("maximum")
        .ifPresent(most -> checks.most(field, most, schema.is("exclusiveMaximum")));
    schema
        .number("minimum")
        .ifPresent(least -> checks.least(field, least, schema.is("exclusiveMinimum")));
    schema.number("multipleOf").ifPresent(factor -> checks.multiple(field, factor));
  }

  private void sequence(Field field, Schema schema) {
    schema.schema("items").ifPresent(items -> field.items().forEach(item -> check(item, items)));
    checks.items(field, whole(schema, "minItems").orElse(0), whole(schema, "maxItems").orElse(-1));
  }

  private void mapping(Field field, Schema schema) {
    boolean pruned = stored && field.members().isEmpty();
    checks.properties(
        field,
        pruned ? 0 : whole(schema, "minProperties").orElse(0),
        whole(schema, "maxProperties").orElse(-1));
    field
        .members()
        .forEach((name, member) -> schema.member(name).ifPresent(of -> check(member, of)));
    Mapping mapping = (Mapping) java.util.Objects.requireNonNull(field.value());
    for (String name : schema.words("required")) {
      if (!mapping.entries().containsKey(name)) {
        checks.missing(field.get(name));
      }
    }
  }

  private static Optional<Integer> whole(Schema schema, String keyword) {
    return schema.number(keyword).map(Number::intValue);
  }

  private void alternatives(Field field, Schema schema) {
    List<Schema> any = schema.schemas("anyOf");
    if (!any.isEmpty() && any.stream().noneMatch(s -> fits(field, s))) {
      checks.composite(field, "must validate at least one schema (anyOf)");
    }
    List<Schema> one = schema.schemas("oneOf");
    long fitting = one.stream().filter(s -> fits(field, s)).count();
    if (!one.isEmpty() && fitting != 1) {
      String found = fitting == 0 ? "Found none valid" : "Found " + fitting + " valid alternatives";
      checks.composite(field, "must validate one and only one schema (oneOf). " + found);
    }
    List<Schema> all = schema.schemas("allOf");
    long held = all.stream().filter(s -> fits(field, s)).count();
    if (held < all.size()) {
      all.forEach(s -> check(field, s));
      String none = held == 0 ? ". None validated" : "";
      checks.composite(field, "must validate all the schemas (allOf)" + none);
    }
    schema
        .schema("not")
        .filter(s -> fits(field, s))
        .ifPresent(_ -> checks.composite(field, "must not validate the schema (not)"));
  }

  private boolean fits(Field field, Schema schema) {
    SchemaValidator trial = new SchemaValidator(code, stored);
    trial.check(field, schema);
    return trial.checks.findings().isEmpty();
  }

  private static void rules(Field field, Schema schema, SchemaChecks broken) {
    for (Field rule : schema.rules()) {
      String text = rule.get("rule").text("");
      boolean holds = Rules.isOfChange(text) || Rules.of(text).map(r -> r.test(field)).orElse(true);
      if (!holds) {
        broken.broken(field, rule.get("message").text("failed rule: " + text));
      }
    }
    schema
        .schema("items")
        .ifPresent(items -> field.items().forEach(item -> rules(item, items, broken)));
    field
        .members()
        .forEach((name, member) ->
            schema
                .member(name)
                .filter(_ -> member.value() != null)
                .ifPresent(of -> rules(member, of, broken)));
  }
}
