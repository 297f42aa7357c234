package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.snapshot.Value.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Collects what the API server would refuse in a document, in its own words. Each check looks at
 * one field, says nothing of an absent one unless its name says that the field is required, and
 * returns whether all is well. A {@code null} counts as absent, as the API server's decoder leaves
 * such a field at its zero value.
 *
 * <p>The messages' form is that of k8s.io/apimachinery 0.34 {@code
 * pkg/util/validation/field/errors.go}; those of the decoder follow sigs.k8s.io/json.
 */
public final class FieldChecks {
  private static final String REFUSED =
      "the API server refuses this object; correct it, or leave it out";

  private final String code;
  private final List<Finding> findings = new ArrayList<>();

  /** Findings get this code. */
  public FieldChecks(String code) {
    this.code = code;
  }

  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Whether the API server would refuse the document. */
  public boolean refused() {
    return !findings.isEmpty();
  }

  /** Refuses the document because of this field. */
  public void refuse(Field field, String message) {
    refuse(field, message, REFUSED);
  }

  /** Refuses the document because of this field; the help says what to do instead. */
  public void refuse(Field field, String message, String help) {
    String path = field.path();
    String where = path.isEmpty() || message.contains("\"" + path + "\"") ? "" : path + ": ";
    findings.add(
        new Finding(
            code, Severity.ERROR, FieldType.oneLine(where + message), help, field.origin()));
  }

  /** {@code Invalid value: …: message} for each message; field.Invalid. */
  private boolean invalid(Field field, String value, List<String> messages) {
    messages.forEach(m -> refuse(field, "Invalid value: " + value + ": " + m));
    return messages.isEmpty();
  }

  /** The field must be there; a list or string must not be empty (field.Required). */
  public boolean required(Field field) {
    boolean empty =
        switch (field.value()) {
          case null -> true;
          case Scalar s -> s.type() == Type.STRING && s.text().isEmpty();
          case Sequence s -> s.items().isEmpty();
          case Mapping _ -> false;
        };
    if (empty) {
      refuse(field, "Required value");
    }
    return !empty;
  }

  /** The field must not be there (field.Forbidden). */
  public boolean forbidden(Field field, String because) {
    if (field.present()) {
      refuse(field, "Forbidden: " + because);
    }
    return !field.present();
  }

  public boolean isMap(Field field) {
    return !(field.value() instanceof Scalar || field.value() instanceof Sequence)
        || wrongType(field, "object");
  }

  public boolean isList(Field field) {
    return !(field.value() instanceof Scalar || field.value() instanceof Mapping)
        || wrongType(field, "array");
  }

  public boolean isString(Field field) {
    return !field.present() || field.string().isPresent() || wrongType(field, "string");
  }

  public boolean isBool(Field field) {
    return !field.present() || field.bool().isPresent() || wrongType(field, "bool");
  }

  /** A number without a fraction that fits 32 bits, as the fields of type int32 take it. */
  public boolean isInteger(Field field) {
    return !field.present() || field.integer().isPresent() || wrongType(field, "int32");
  }

  /**
   * A string or a number of 32 bits (apimachinery {@code pkg/util/intstr},
   * IntOrString.UnmarshalJSON).
   */
  public boolean intOrString(Field field) {
    boolean valid = !field.present() || field.string().isPresent() || field.integer().isPresent();
    return valid || wrongType(field, "int32 or string");
  }

  private boolean wrongType(Field field, String expected) {
    boolean quote = expected.equals("string") && field.value() instanceof Scalar;
    refuse(
        field,
        "cannot unmarshal " + FieldType.named(field.value()) + " into a field of type " + expected,
        quote ? "put it in quotes" : REFUSED);
    return false;
  }

  /**
   * Strict decoding, which kubectl asks for: an unknown field is refused, and names are
   * case-sensitive (KEP-2885; sigs.k8s.io/json).
   */
  public boolean onlyFields(Field field, Set<String> known) {
    boolean valid = true;
    for (String key : field.members().keySet()) {
      if (!known.contains(key)) {
        Field unknown = field.get(key);
        String help =
            Likeness.closest(key, known)
                .map(k -> "did you mean " + k + "?")
                .orElse("known here are " + String.join(", ", new TreeSet<>(known)));
        refuse(unknown, "unknown field \"" + unknown.path() + "\"", help);
        valid = false;
      }
    }
    return valid;
  }

  /** A string of a list, which is required (field.NotSupported). */
  public boolean oneOf(Field field, List<String> values) {
    if (!isString(field)) {
      return false;
    }
    boolean valid = values.contains(field.text(""));
    if (!valid) {
      String supported =
          values.stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(", "));
      refuse(
          field, "Unsupported value: \"" + field.text("") + "\": supported values: " + supported);
    }
    return valid;
  }

  /** A number from least to greatest, both included (IsInRange). */
  public boolean inRange(Field field, int least, int greatest) {
    if (!field.present() || !isInteger(field)) {
      return !field.present();
    }
    int number = field.integer().orElse(0);
    boolean valid = number >= least && number <= greatest;
    String message = "must be between " + least + " and " + greatest + ", inclusive";
    return invalid(field, String.valueOf(number), valid ? List.of() : List.of(message));
  }

  /** A port by number, 1 to 65535 (IsValidPortNum). */
  public boolean port(Field field) {
    return inRange(field, 1, 65535);
  }

  /** A port by number (IsValidPortNum), or by name (IsValidPortName). */
  public boolean portOrName(Field field) {
    return intOrString(field)
        && (field.string().isPresent()
            ? syntax(field, Syntax.portName(field.text("")))
            : port(field));
  }

  /** A name like those of namespaces (IsDNS1123Label). */
  public boolean dnsLabel(Field field) {
    return isString(field) && (!field.present() || syntax(field, Syntax.dnsLabel(field.text(""))));
  }

  /** A name like those of most objects (IsDNS1123Subdomain). */
  public boolean dnsSubdomain(Field field) {
    return isString(field)
        && (!field.present() || syntax(field, Syntax.dnsSubdomain(field.text(""))));
  }

  private boolean syntax(Field field, List<String> messages) {
    return invalid(field, "\"" + field.text("") + "\"", messages);
  }

  /** Labels: keys are qualified names, values label values (ValidateLabels). */
  public boolean labels(Field field) {
    if (!isMap(field)) {
      return false;
    }
    int before = findings.size();
    field
        .members()
        .forEach((key, value) -> {
          invalid(value, "\"" + key + "\"", Syntax.qualifiedName(key));
          labelValue(value);
        });
    return findings.size() == before;
  }

  /**
   * A label selector; an absent one is fine (apimachinery {@code pkg/apis/meta/v1/validation},
   * ValidateLabelSelector).
   */
  public boolean labelSelector(Field field) {
    int before = findings.size();
    isMap(field);
    onlyFields(field, Set.of("matchLabels", "matchExpressions"));
    labels(field.get("matchLabels"));
    isList(field.get("matchExpressions"));
    field.get("matchExpressions").items().forEach(this::requirement);
    return findings.size() == before;
  }

  /** ValidateLabelSelectorRequirement. */
  private void requirement(Field field) {
    isMap(field);
    onlyFields(field, Set.of("key", "operator", "values"));
    Field key = field.get("key");
    if (isString(key)) {
      syntax(key, Syntax.qualifiedName(key.text("")));
    }
    Field values = field.get("values");
    isList(values);
    values.items().forEach(this::labelValue);
    Field operator = field.get("operator");
    if (!isString(operator)) {
      return;
    }
    boolean some = !values.items().isEmpty();
    switch (operator.text("")) {
      case "In", "NotIn" -> {
        if (!some) {
          refuse(values, "Required value: must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (some) {
          refuse(
              values,
              "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default -> {
        String help = "In, NotIn, Exists and DoesNotExist are";
        refuse(
            operator,
            "Invalid value: \"" + operator.text("") + "\": not a valid selector operator",
            help);
      }
    }
  }

  private void labelValue(Field field) {
    if (isString(field)) {
      syntax(field, Syntax.labelValue(field.text("")));
    }
  }
}
