package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.snapshot.Field;
import java.util.Set;
import java.util.TreeSet;

/** Expressions of fields that have been checked, in the words of Calico's inner labels. */
final class Expressions {
  private Expressions() {}

  static boolean present(Field field) {
    return !field.text("").isEmpty();
  }

  /** An expression over labels of endpoints; everything when the field is absent. */
  static Expression of(Field field) {
    try {
      return ExpressionParser.parse(field.text(""));
    } catch (ExpressionParser.Malformed e) {
      throw new IllegalStateException("checked before: " + field.origin().text(), e);
    }
  }

  /** An expression over labels of namespaces: {@code all()} is what is in any. */
  static Expression ofNamespaces(Field field) {
    return having(of(field).prefixed(InnerLabels.OF_NAMESPACE), InnerLabels.NAMESPACE);
  }

  /** The expression in which {@code all()} is what has a label. */
  static Expression having(Expression expression, String key) {
    return switch (expression) {
      case Expression.Every every when every.all().isEmpty() -> new Expression.Has(key);
      case Expression.Every(var all) ->
          new Expression.Every(all.stream().map(e -> having(e, key)).toList());
      case Expression.Any(var any) ->
          new Expression.Any(any.stream().map(e -> having(e, key)).toList());
      case Expression.Not(Expression of) -> new Expression.Not(having(of, key));
      case Expression.Has _, Expression.In _, Expression.Like _, Expression.Global _ -> expression;
    };
  }

  static Expression ofAccounts(Field field) {
    return of(field).prefixed(InnerLabels.OF_ACCOUNT);
  }

  /** What is in a namespace; everything when it is empty. */
  static Expression inNamespace(String namespace) {
    return namespace.isEmpty()
        ? Expression.ALL
        : new Expression.In(InnerLabels.NAMESPACE, Set.of(namespace));
  }

  static Set<String> texts(Field list) {
    Set<String> out = new TreeSet<>();
    list.items().forEach(f -> f.text().ifPresent(out::add));
    return out;
  }
}
