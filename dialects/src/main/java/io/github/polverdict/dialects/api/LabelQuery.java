package io.github.polverdict.dialects.api;

import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A label selector of the Kubernetes API: all requirements must hold; none means everything.
 *
 * @param place where it is written
 */
public record LabelQuery(Field place, List<Requirement> requirements) {

  /** The operators of metav1.LabelSelectorOperator; matchLabels reads as IN with one value. */
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST
  }

  /**
   * One requirement; a key that is absent satisfies NOT_IN (apimachinery
   * labels.Requirement.Matches).
   */
  public record Requirement(String key, Operator operator, Set<String> values) {
    public Requirement {
      values = Set.copyOf(values);
    }

    /** Whether it holds where the label is absent. */
    public boolean negative() {
      return operator == Operator.NOT_IN || operator == Operator.DOES_NOT_EXIST;
    }

    private boolean matches(Map<String, String> labels) {
      boolean in = labels.containsKey(key) && values.contains(labels.getOrDefault(key, ""));
      return switch (operator) {
        case IN -> in;
        case NOT_IN -> !in;
        case EXISTS -> labels.containsKey(key);
        case DOES_NOT_EXIST -> !labels.containsKey(key);
      };
    }

    private Selector selector(Scope scope) {
      return switch (operator) {
        case IN -> new Selector.LabelIn(scope, key, values);
        case NOT_IN -> new Selector.Not(new Selector.LabelIn(scope, key, values));
        case EXISTS -> new Selector.HasLabel(scope, key);
        case DOES_NOT_EXIST -> new Selector.Not(new Selector.HasLabel(scope, key));
      };
    }
  }

  public LabelQuery {
    requirements = List.copyOf(requirements);
  }

  /** Reads a selector that is known to be valid. */
  public static LabelQuery read(Field field) {
    List<Requirement> out = new ArrayList<>();
    field
        .get("matchLabels")
        .strings()
        .forEach((k, v) -> out.add(new Requirement(k, Operator.IN, Set.of(v))));
    for (Field f : field.get("matchExpressions").items()) {
      Set<String> values = new TreeSet<>();
      f.get("values").items().forEach(v -> values.add(v.text("")));
      Operator operator =
          switch (f.get("operator").text("")) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            default -> throw new IllegalStateException("validated before: " + f.origin().text());
          };
      out.add(new Requirement(f.get("key").text(""), operator, values));
    }
    return new LabelQuery(field, out);
  }

  /** Whether labels that are known in full satisfy it. */
  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(r -> r.matches(labels));
  }

  /** Whether nothing in it asks for a label to be there; true for the empty selector. */
  public boolean onlyNegative() {
    return requirements.stream().allMatch(Requirement::negative);
  }

  /** The same question of the labels of an endpoint or of what it belongs to. */
  public Selector selector(Scope scope) {
    return requirements.isEmpty()
        ? Selector.ALL
        : new Selector.And(requirements.stream().map(r -> r.selector(scope)).toList());
  }
}
