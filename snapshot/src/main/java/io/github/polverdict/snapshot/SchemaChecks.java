package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules of a custom resource definition's schema, in the words with which the API server
 * refuses an object that breaks one (kubernetes 1.34: apiextensions-apiserver {@code
 * pkg/apiserver/validation} and {@code schema/cel}, kube-openapi {@code pkg/validation}). An absent
 * field breaks no rule but {@link #required}.
 */
public final class SchemaChecks {
  private final FieldChecks checks;

  /** Findings get this code. */
  public SchemaChecks(String code) {
    this.checks = new FieldChecks(code);
  }

  public List<Finding> findings() {
    return checks.findings();
  }

  /** The schema requires the field; it may be empty. */
  public boolean required(Field field) {
    if (!field.present()) {
      checks.refuse(field, "Required value");
    }
    return field.present();
  }

  /** An object that has only these fields. */
  public boolean object(Field field, Set<String> known) {
    if (!(field.value() instanceof Value.Scalar || field.value() instanceof Value.Sequence)) {
      return checks.onlyFields(field, known);
    }
    return typed(field, "object");
  }

  public boolean array(Field field) {
    boolean other = field.value() instanceof Value.Scalar || field.value() instanceof Value.Mapping;
    return !other || typed(field, "array");
  }

  public boolean string(Field field) {
    return !field.present() || field.string().isPresent() || typed(field, "string");
  }

  private boolean typed(Field field, String type) {
    String found =
        switch (field.value()) {
          case Value.Mapping _ -> "object";
          case Value.Sequence _ -> "array";
          case Value.Scalar s when s.type() == Value.Type.STRING -> "string";
          case Value.Scalar _ -> field.integer().isPresent() ? "integer" : "boolean";
          case null -> "null";
        };
    refuse(
        field,
        "Invalid value: \"%s\": %s in body must be of type %s: \"%s\""
            .formatted(found, field.path(), type, found));
    return false;
  }

  /** A label selector by its form only, as schemas ask for it; not what its words mean. */
  public boolean labelSelector(Field selector) {
    int before = findings().size();
    object(selector, Set.of("matchLabels", "matchExpressions"));
    Field labels = selector.get("matchLabels");
    object(labels, labels.members().keySet());
    labels.members().values().forEach(this::string);
    array(selector.get("matchExpressions"));
    for (Field expression : selector.get("matchExpressions").items()) {
      object(expression, Set.of("key", "operator", "values"));
      required(expression.get("key"));
      required(expression.get("operator"));
      array(expression.get("values"));
    }
    return findings().size() == before;
  }

  /** An object with exactly one field ({@code minProperties} and {@code maxProperties} are 1). */
  public boolean exactlyOne(Field field) {
    int count = field.members().size();
    if (field.present() && count < 1) {
      refuse(
          field,
          "Invalid value: 0: " + field.path() + " in body should have at least 1 properties");
    } else if (count > 1) {
      refuse(field, "Too many: " + count + ": must have at most 1 item");
    }
    return !field.present() || count == 1;
  }

  /** A list with so many items. */
  public boolean items(Field field, int least, int most) {
    int count = field.items().size();
    if (!array(field)) {
      return false;
    }
    if (field.present() && count < least) {
      refuse(
          field,
          "Invalid value: %d: %s in body should have at least %d items"
              .formatted(count, field.path(), least));
    } else if (count > most) {
      refuse(field, "Too many: " + count + ": must have at most " + most + " items");
    }
    return !field.present() || (count >= least && count <= most);
  }

  /** A list whose items differ ({@code x-kubernetes-list-type: set}). */
  public void unique(Field field) {
    Set<String> seen = new HashSet<>();
    for (Field item : field.items()) {
      if (!seen.add(item.text(""))) {
        refuse(item, "Duplicate value: \"" + item.text("") + "\"");
      }
    }
  }

  /** A whole number from least to greatest. */
  public boolean number(Field field, int least, int greatest) {
    if (!field.present() || field.integer().isEmpty()) {
      return !field.present() || typed(field, "integer");
    }
    int number = field.integer().orElse(0);
    if (number < least || number > greatest) {
      refuse(
          field,
          "Invalid value: %d: %s in body should be %s than or equal to %d"
              .formatted(
                  number,
                  field.path(),
                  number < least ? "greater" : "less",
                  number < least ? least : greatest));
    }
    return number >= least && number <= greatest;
  }

  /** One of the words ({@code enum}). */
  public boolean oneOf(Field field, List<String> values) {
    return !field.present() || (string(field) && checks.oneOf(field, values));
  }

  /** Text that a pattern is found in; patterns of schemas are not anchored. */
  public boolean matches(Field field, String pattern) {
    boolean fits = Pattern.compile(pattern).matcher(field.text("")).find();
    if (field.present() && string(field) && !fits) {
      refuse(
          field,
          "Invalid value: \"%s\": %s in body should match '%s'"
              .formatted(field.text(""), field.path(), pattern));
    }
    return !field.present() || fits;
  }

  /** Text of so many bytes at most. */
  public boolean length(Field field, int most) {
    boolean fits = field.text("").length() <= most;
    if (string(field) && !fits) {
      refuse(field, "Too long: may not be more than " + most + " bytes");
    }
    return fits;
  }

  /** A rule in CEL that does not hold for the field. */
  public void broken(Field field, String message) {
    String type = field.value() instanceof Value.Mapping ? "object" : "string";
    refuse(field, "Invalid value: \"" + type + "\": " + message);
  }

  private void refuse(Field field, String message) {
    checks.refuse(field, message);
  }
}
