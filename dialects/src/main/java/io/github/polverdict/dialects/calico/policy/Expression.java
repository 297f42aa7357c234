package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.model.Selector.Likeness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * An expression of Calico's selector language over labels (libcalico-go/lib/selector/parser,
 * ast.go). A label that is absent is different from every value.
 */
sealed interface Expression {
  /** Everything. */
  Expression ALL = new Every(List.of());

  /** The label is there. */
  record Has(String key) implements Expression {}

  /** The label is there with one of the values. */
  record In(String key, Set<String> values) implements Expression {
    public In {
      values = Set.copyOf(values);
    }
  }

  /** The label is there with a value that is like the part. */
  record Like(String key, Likeness likeness, String part) implements Expression {}

  /** What is in no namespace: host endpoints and global network sets. */
  record Global() implements Expression {}

  record Not(Expression of) implements Expression {}

  /** All of them; everything when there are none. */
  record Every(List<Expression> all) implements Expression {
    public Every {
      all = List.copyOf(all);
    }
  }

  /** Any of them. */
  record Any(List<Expression> any) implements Expression {
    public Any {
      any = List.copyOf(any);
    }
  }

  /** The expression in words of Calico's inner labels: every key has the prefix. */
  default Expression prefixed(String prefix) {
    return switch (this) {
      case Has(String key) -> new Has(prefix + key);
      case In(String key, var values) -> new In(prefix + key, values);
      case Like(String key, var likeness, String part) -> new Like(prefix + key, likeness, part);
      case Global global -> global;
      case Not(Expression of) -> new Not(of.prefixed(prefix));
      case Every(var all) -> new Every(all.stream().map(e -> e.prefixed(prefix)).toList());
      case Any(var any) -> new Any(any.stream().map(e -> e.prefixed(prefix)).toList());
    };
  }

  /** Both expressions; one that asks nothing disappears. */
  default Expression and(Expression other) {
    BinaryOperator<Expression> both = (a, b) -> new Every(List.of(a, b));
    return equals(ALL) ? other : other.equals(ALL) ? this : both.apply(this, other);
  }

  /** Whether labels that are known in full satisfy it. */
  default boolean matches(Map<String, String> labels) {
    return switch (this) {
      case Has(String key) -> labels.containsKey(key);
      case In(String key, var values) ->
          Optional.ofNullable(labels.get(key)).filter(values::contains).isPresent();
      case Like(String key, var likeness, String part) ->
          Optional.ofNullable(labels.get(key)).filter(v -> likeness.holds(v, part)).isPresent();
      case Global _ -> !labels.containsKey(InnerLabels.NAMESPACE);
      case Not(Expression of) -> !of.matches(labels);
      case Every(var all) -> all.stream().allMatch(e -> e.matches(labels));
      case Any(var any) -> any.stream().anyMatch(e -> e.matches(labels));
    };
  }

  /** Itself and every part of it. */
  default Stream<Expression> parts() {
    Stream<Expression> below =
        switch (this) {
          case Has _, In _, Like _, Global _ -> Stream.of();
          case Not(Expression of) -> of.parts();
          case Every(var all) -> all.stream().flatMap(Expression::parts);
          case Any(var any) -> any.stream().flatMap(Expression::parts);
        };
    return Stream.concat(Stream.of(this), below);
  }
}
