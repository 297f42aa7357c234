package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Labels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Some namespaces: those with one of the names, and those with all of the labels.
 *
 * @param names each may have stars, {@code team-*}
 * @param labels empty when only names choose
 */
public record Chosen(
    List<String> names, Map<String, String> labels, List<Requirement> requirements) {

  /** A label requirement as Kubernetes has it. */
  public record Requirement(String key, Operator operator, List<String> values) {
    public Requirement {
      values = List.copyOf(values);
    }
  }

  /** How a label is asked for. */
  public enum Operator {
    IN("In"),
    NOT_IN("NotIn"),
    EXISTS("Exists"),
    DOES_NOT_EXIST("DoesNotExist");

    private final String word;

    Operator(String word) {
      this.word = word;
    }

    /** The operator as Kubernetes writes it. */
    public static Optional<Operator> of(String word) {
      for (Operator operator : values()) {
        if (operator.word.equals(word)) {
          return Optional.of(operator);
        }
      }
      return Optional.empty();
    }

    /** Whether values belong to it. */
    public boolean hasValues() {
      return this == IN || this == NOT_IN;
    }
  }

  public Chosen {
    names = List.copyOf(names);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    requirements = List.copyOf(requirements);
  }

  public static Chosen named(List<String> names) {
    return new Chosen(names, Map.of(), List.of());
  }

  /** Whether it chooses nothing whatever there is. */
  public boolean isEmpty() {
    return names.isEmpty() && labels.isEmpty() && requirements.isEmpty();
  }

  /** Whether a namespace that is made later may be among them. */
  public boolean growing() {
    return !labels.isEmpty()
        || !requirements.isEmpty()
        || names.stream().anyMatch(n -> n.contains("*"));
  }

  /** Whether a namespace is among them; not known when labels that matter are not. */
  public Truth holds(String namespace, Labels known) {
    return Truth.of(names.stream().anyMatch(n -> matches(n, namespace))).or(byLabels(known));
  }

  private Truth byLabels(Labels known) {
    if (labels.isEmpty() && requirements.isEmpty()) {
      return Truth.NO;
    }
    if (known.incomplete().isPresent()) {
      return Truth.MAYBE;
    }
    Map<String, String> all = known.known();
    return Truth.of(
        all.entrySet().containsAll(labels.entrySet())
            && requirements.stream().allMatch(r -> holds(r, all)));
  }

  private static boolean holds(Requirement requirement, Map<String, String> all) {
    String value = all.get(requirement.key());
    return switch (requirement.operator()) {
      case IN -> value != null && requirement.values().contains(value);
      case NOT_IN -> value == null || !requirement.values().contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
    };
  }

  static boolean matches(String glob, String name) {
    String regex = Pattern.quote(glob).replace("*", "\\E.*\\Q");
    return Pattern.matches(regex, name);
  }
}
