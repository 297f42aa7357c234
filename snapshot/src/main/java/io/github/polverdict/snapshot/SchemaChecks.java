package io.github.polverdict.snapshot;

import com.google.re2j.Pattern;
import io.github.polverdict.core.kernel.Finding;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The rules of a custom resource definition's schema, in the words with which the API server
 * refuses an object that breaks one (kubernetes 1.34: apiextensions-apiserver {@code
 * pkg/apiserver/validation} and {@code schema/cel}, kube-openapi {@code pkg/validation}). An absent
 * field breaks no rule but {@link #required}.
 */
public final class SchemaChecks {
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

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
      missing(field);
    }
    return field.present();
  }

  /** Refuses a document because a field that must be there is not. */
  public void missing(Field field) {
    refuse(field, "Required value");
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

  /** Refuses a value for its type; returns false. */
  public boolean typed(Field field, String type) {
    String found =
        switch (field.value()) {
          case Value.Mapping _ -> "object";
          case Value.Sequence _ -> "array";
          case Value.Scalar s ->
              switch (s.type()) {
                case STRING -> "string";
                case INTEGER -> "integer";
                case FLOAT -> "number";
                case BOOLEAN -> "boolean";
                case NULL -> "null";
              };
          case null -> "null";
        };
    refuse(field, invalid(field, quoted(found), "must be of type " + type + ": " + quoted(found)));
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
    return !field.present() || properties(field, 1, 1);
  }

  /**
   * An object with so many fields.
   *
   * @param most -1 when any number is fine
   */
  public boolean properties(Field field, int least, int most) {
    int count = field.members().size();
    return counted(field, count, least, most, "properties");
  }

  /**
   * A list with so many items.
   *
   * @param most -1 when any number is fine
   */
  public boolean items(Field field, int least, int most) {
    return array(field)
        && (!field.present() || counted(field, field.items().size(), least, most, "items"));
  }

  private boolean counted(Field field, int count, int least, int most, String things) {
    boolean few = count < least;
    boolean many = most >= 0 && count > most;
    if (few) {
      String says = "should have at least " + least + " " + things;
      refuse(field, invalid(field, String.valueOf(count), says));
    } else if (many) {
      String limit = most == 1 ? "1 item" : most + " items";
      refuse(field, "Too many: " + count + ": must have at most " + limit);
    }
    return !few && !many;
  }

  /** A list whose items differ ({@code x-kubernetes-list-type: set}). */
  public void unique(Field field) {
    Set<String> seen = new HashSet<>();
    for (Field item : field.items()) {
      if (!seen.add(item.text(""))) {
        duplicate(item, quoted(item.text("")));
      }
    }
  }

  /** Refuses an item that is in the list before; the value as JSON. */
  public void duplicate(Field item, String value) {
    refuse(item, "Duplicate value: " + value);
  }

  /** A whole number from least to greatest. */
  public boolean number(Field field, int least, int greatest) {
    if (!field.present() || field.integer().isEmpty()) {
      return !field.present() || typed(field, "integer");
    }
    return least(field, BigDecimal.valueOf(least), false)
        && most(field, BigDecimal.valueOf(greatest), false);
  }

  /** A number that is not less, or is greater; what is none breaks no bound. */
  public boolean least(Field field, BigDecimal least, boolean exclusive) {
    return bound(field, least, exclusive, 1);
  }

  /** A number that is not greater, or is less. */
  public boolean most(Field field, BigDecimal most, boolean exclusive) {
    return bound(field, most, exclusive, -1);
  }

  private boolean bound(Field field, BigDecimal bound, boolean exclusive, int side) {
    int order = field.number().map(n -> n.compareTo(bound)).orElse(side) * side;
    boolean fits = exclusive ? order > 0 : order >= 0;
    if (!fits) {
      String says =
          "should be %s than %s%s"
              .formatted(side > 0 ? "greater" : "less", exclusive ? "" : "or equal to ", bound);
      refuse(field, invalid(field, field.text(""), says));
    }
    return fits;
  }

  /** A number that is a multiple of another. */
  public boolean multiple(Field field, BigDecimal factor) {
    boolean fits = field.number().map(n -> n.remainder(factor).signum() == 0).orElse(true);
    if (!fits) {
      refuse(field, invalid(field, field.text(""), "should be a multiple of " + factor));
    }
    return fits;
  }

  /** One of the words ({@code enum}). */
  public boolean oneOf(Field field, List<String> values) {
    return !field.present() || (string(field) && supported(field, quoted(field.text("")), values));
  }

  /** One of the scalars, whatever the type; the field's value as JSON. */
  public boolean supported(Field field, String value, List<String> values) {
    boolean fits = values.contains(field.text("null"));
    if (!fits) {
      String known = values.stream().map(SchemaChecks::quoted).collect(Collectors.joining(", "));
      refuse(field, "Unsupported value: " + value + ": supported values: " + known);
    }
    return fits;
  }

  /**
   * Text that a pattern is found in; patterns of schemas are not anchored, and of RE2, which takes
   * no longer than the text is long.
   */
  public boolean matches(Field field, String pattern) {
    if (!field.present() || !string(field)) {
      return !field.present();
    }
    boolean fits =
        PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(field.text("")).find();
    if (!fits) {
      String text = quoted(field.text(""));
      refuse(field, invalid(field, text, "should match '" + pattern + "'"));
    }
    return fits;
  }

  /** Text of so many characters at most. */
  public boolean length(Field field, int most) {
    if (!string(field)) {
      return false;
    }
    boolean fits = length(field) <= most;
    if (!fits) {
      refuse(field, "Too long: may not be more than " + most + " bytes");
    }
    return fits;
  }

  /** Text of so many characters at least. */
  public boolean leastLength(Field field, int least) {
    boolean fits = length(field) >= least;
    if (!fits) {
      String says = "should be at least " + least + " chars long";
      refuse(field, invalid(field, quoted(field.text("")), says));
    }
    return fits;
  }

  private static int length(Field field) {
    String text = field.text("");
    return text.codePointCount(0, text.length());
  }

  /** Refuses text that is not of a format. */
  public void malformed(Field field, String format) {
    String text = quoted(field.text(""));
    refuse(field, invalid(field, text, "must be of type " + format + ": " + text));
  }

  /** Refuses a value that schemas say together; the API server names no field but in the words. */
  public void composite(Field field, String says) {
    refuse(field, "Invalid value: \"\": \"" + field.path() + "\" " + says);
  }

  /** A rule in CEL that does not hold for the field. */
  public void broken(Field field, String message) {
    String type =
        switch (field.value()) {
          case Value.Mapping _ -> "object";
          case Value.Sequence _ -> "array";
          case Value.Scalar s when s.type() == Value.Type.INTEGER -> "integer";
          case Value.Scalar s when s.type() == Value.Type.BOOLEAN -> "boolean";
          case Value.Scalar _ -> "string";
          case null -> "null";
        };
    refuse(field, "Invalid value: \"" + type + "\": " + message);
  }

  private static String invalid(Field field, String value, String says) {
    return "Invalid value: " + value + ": " + field.path() + " in body " + says;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private void refuse(Field field, String message) {
    checks.refuse(field, message);
  }
}
