package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The labels that Calico gives to a pod besides its own: where it is, and the labels of its
 * namespace and of its service account with a prefix (libcalico-go/lib/backend/k8s/conversion,
 * workload_endpoint_default.go and conversion.go, NamespaceToProfile, ServiceAccountToProfile).
 */
final class InnerLabels {
  static final String NAMESPACE = "projectcalico.org/namespace";
  static final String OF_NAMESPACE = "pcns.";
  static final String OF_ACCOUNT = "pcsa.";
  static final String NAME = "projectcalico.org/name";
  static final String ACCOUNT = "projectcalico.org/serviceaccount";
  private static final String ORCHESTRATOR = "projectcalico.org/orchestrator";
  private static final String OF_NAMESPACES_NAME = OF_NAMESPACE + NAME;
  private static final String OF_ACCOUNTS_NAME = OF_ACCOUNT + NAME;

  /** The label that every namespace has with its own name (Kubernetes 1.21). */
  static final String METADATA_NAME = "kubernetes.io/metadata.name";

  private static final Selector NOTHING = new Selector.Or(List.of());

  private InnerLabels() {}

  /** Among pods, those that an expression over the inner labels selects. */
  static Selector pods(Expression expression) {
    return Selector.and(Selector.pods(), selector(expression));
  }

  /**
   * A question that cannot be put to pods: parts of the name of a service account. Empty when there
   * is none.
   */
  static Optional<String> unanswered(Expression expression) {
    return expression
        .parts()
        .filter(e -> e instanceof Expression.Like(String key, var _, String _) && isAccount(key))
        .findFirst()
        .map(_ -> "a part of the name of a service account");
  }

  private static boolean isAccount(String key) {
    return Set.of(ACCOUNT, OF_ACCOUNTS_NAME).contains(key);
  }

  private static Selector selector(Expression expression) {
    return switch (expression) {
      case Expression.Has(String key) ->
          leaf(key, _ -> true, scope -> new Selector.HasLabel(scope.scope(), scope.key()));
      case Expression.In(String key, var values) -> in(key, values);
      case Expression.Like(String key, var likeness, String part) ->
          leaf(
              key,
              v -> likeness.holds(v, part),
              scope -> new Selector.LabelLike(scope.scope(), scope.key(), likeness, part));
      case Expression.Global _ -> NOTHING;
      case Expression.Not(Expression of) -> new Selector.Not(selector(of));
      case Expression.Every(var all) ->
          new Selector.And(all.stream().map(InnerLabels::selector).toList());
      case Expression.Any(var any) ->
          new Selector.Or(any.stream().map(InnerLabels::selector).toList());
    };
  }

  private static Selector in(String key, Set<String> values) {
    if (key.equals(NAMESPACE) || key.equals(OF_NAMESPACES_NAME)) {
      return new Selector.Or(
          values.stream().sorted().<Selector>map(Selector.InNamespace::new).toList());
    }
    if (isAccount(key)) {
      return new Selector.OfServiceAccount(values);
    }
    return leaf(
        key, values::contains, scope -> new Selector.LabelIn(scope.scope(), scope.key(), values));
  }

  /** A label of the API and whose it is. */
  private record Place(Scope scope, String key) {}

  private static Selector leaf(
      String key, Predicate<String> fits, Function<Place, Selector> otherwise) {
    if (key.equals(ORCHESTRATOR)) {
      return fits.test("k8s") ? Selector.ALL : NOTHING;
    }
    if (key.equals(NAMESPACE) || key.equals(OF_NAMESPACES_NAME)) {
      return otherwise.apply(new Place(Scope.NAMESPACE, METADATA_NAME));
    }
    if (isAccount(key)) {
      return Selector.ALL; // every pod has one
    }
    return otherwise.apply(
        key.startsWith(OF_NAMESPACE)
            ? new Place(Scope.NAMESPACE, key.substring(OF_NAMESPACE.length()))
            : key.startsWith(OF_ACCOUNT)
                ? new Place(Scope.SERVICE_ACCOUNT, key.substring(OF_ACCOUNT.length()))
                : new Place(Scope.ENDPOINT, key));
  }
}
