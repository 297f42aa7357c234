package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects what the API server would refuse in a document. Each check looks at one field and says
 * nothing of an absent one, unless its name says that the field is required.
 */
public final class FieldChecks {
  private final String code;
  private final List<Finding> findings = new ArrayList<>();

  /** Findings get this code. */
  public FieldChecks(String code) {
    this.code = code;
  }

  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Refuses the document because of this field. */
  public void refuse(Field field, String message) {
    String where = field.pointer().isEmpty() ? "" : field.pointer() + ": ";
    findings.add(
        new Finding(
            code,
            Severity.ERROR,
            where + message,
            "the API server refuses this object; correct it, or leave it out",
            field.origin()));
  }

  public void isMap(Field field) {
    if (field.present() && !(field.value() instanceof Value.Mapping)) {
      refuse(field, "must be an object");
    }
  }

  public void isList(Field field) {
    if (field.present() && !(field.value() instanceof Value.Sequence)) {
      refuse(field, "must be a list");
    }
  }

  public void isString(Field field) {
    if (field.present() && field.string().isEmpty()) {
      refuse(field, "must be a string; put it in quotes");
    }
  }

  /** Strict decoding: an unknown field is refused. */
  public void onlyFields(Field field, Set<String> known) {
    for (String key : field.members().keySet()) {
      if (!known.contains(key)) {
        refuse(
            field.get(key),
            "unknown field '" + key + "'; known are " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  public void oneOf(Field field, List<String> values) {
    if (!field.present() || !values.contains(field.string().orElse(""))) {
      refuse(field, "'" + field.text("") + "' must be one of " + String.join(", ", values));
    }
  }

  /** A port by number, 1 to 65535. */
  public void port(Field field) {
    int number = field.integer().orElse(0);
    if (number < 1 || number > 65535) {
      refuse(field, "'" + field.text("") + "' must be a port number from 1 to 65535");
    }
  }

  /** A port by number, or by a name as apimachinery's IsValidPortName takes it. */
  public void portOrName(Field field) {
    if (field.string().isEmpty()) {
      port(field);
      return;
    }
    String name = field.string().get();
    boolean valid =
        name.matches("[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?")
            && !name.contains("--")
            && name.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    if (!valid) {
      refuse(
          field,
          "'" + name + "' is not a port name: 1 to 15 of a-z, 0-9 and single inner '-', with a letter");
    }
  }

  /** A label selector: matchLabels and matchExpressions as metav1 validation takes them. */
  public void labelSelector(Field field) {
    isMap(field);
    onlyFields(field, Set.of("matchLabels", "matchExpressions"));
    isMap(field.get("matchLabels"));
    field
        .get("matchLabels")
        .members()
        .forEach(
            (key, value) -> {
              labelKey(value, key);
              labelValue(value);
            });
    isList(field.get("matchExpressions"));
    field.get("matchExpressions").items().forEach(this::requirement);
  }

  private void requirement(Field field) {
    isMap(field);
    onlyFields(field, Set.of("key", "operator", "values"));
    labelKey(field.get("key"), field.get("key").text(""));
    oneOf(field.get("operator"), List.of("In", "NotIn", "Exists", "DoesNotExist"));
    isList(field.get("values"));
    field.get("values").items().forEach(this::labelValue);
    boolean some = !field.get("values").items().isEmpty();
    String operator = field.get("operator").text("");
    if (operator.endsWith("In") && !some) {
      refuse(field, "operator " + operator + " needs values");
    } else if (operator.endsWith("Exist") || operator.equals("Exists")) {
      if (some) {
        refuse(field.get("values"), "operator " + operator + " takes no values");
      }
    }
  }

  private void labelKey(Field place, String key) {
    String prefix = key.contains("/") ? key.substring(0, key.indexOf('/')) : "x";
    String name = key.substring(key.indexOf('/') + 1);
    boolean valid =
        name.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
            && prefix.length() <= 253
            && prefix.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    if (!valid) {
      refuse(place, "'" + key + "' is not a label key");
    }
  }

  private void labelValue(Field field) {
    isString(field);
    field
        .string()
        .filter(v -> !v.matches("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?"))
        .ifPresent(v -> refuse(field, "'" + v + "' is not a label value"));
  }
}
