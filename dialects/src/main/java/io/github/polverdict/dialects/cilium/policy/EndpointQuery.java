package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.LabelQuery.Requirement;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A selector of endpoints over Cilium's labels, whose keys name their source ({@code k8s:}, {@code
 * any:}, {@code reserved:}) and which also stand for the namespace, its labels and the service
 * account (pkg/policy/api/selector.go, pkg/k8s/apis/cilium.io/const.go).
 */
record EndpointQuery(LabelQuery query) {
  private static final String NAMESPACE = "io.kubernetes.pod.namespace";
  private static final String NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels.";
  private static final String ACCOUNT = "io.cilium.k8s.policy.serviceaccount";
  private static final Set<Kind> HOSTS = Set.of(Kind.NODE, Kind.HOST_POD);

  static EndpointQuery read(Field field) {
    return new EndpointQuery(LabelQuery.read(field));
  }

  /** The label's key without its source; {@code reserved:} keys keep theirs. */
  private static String key(Requirement requirement) {
    return requirement.key().replaceFirst("^(k8s|any)[:.]", "");
  }

  /** Whether it says itself which namespaces it is about. */
  private boolean namesNamespaces(boolean byLabels) {
    return query.requirements().stream()
        .map(EndpointQuery::key)
        .anyMatch(k -> k.equals(NAMESPACE) || (byLabels && k.startsWith(NAMESPACE_LABELS)));
  }

  boolean isReserved() {
    return query.requirements().stream().anyMatch(r -> key(r).startsWith("reserved:"));
  }

  /** The clusters of a mesh cannot be told apart here. */
  boolean namesClusters() {
    return query.requirements().stream()
        .anyMatch(r -> key(r).equals("io.cilium.k8s.policy.cluster"));
  }

  /**
   * The endpoints it selects. An expression that excludes namespaces also selects what has none:
   * the world and nodes.
   *
   * @param namespace the policy's own, which it is confined to unless it names others; empty for
   *     none
   * @param byLabels whether labels of namespaces name others, too
   */
  Selector selector(String namespace, boolean byLabels) {
    List<Selector> all = new ArrayList<>();
    boolean excludes =
        query.requirements().stream().anyMatch(r -> key(r).equals(NAMESPACE) && isNegative(r));
    if (!isReserved() && !excludes) {
      all.add(Selector.pods());
    }
    if (!namespace.isEmpty() && !namesNamespaces(byLabels) && !isReserved()) {
      all.add(new Selector.InNamespace(namespace));
    }
    query.requirements().forEach(r -> all.add(selector(r)));
    return new Selector.And(all);
  }

  private static boolean isNegative(Requirement requirement) {
    return switch (requirement.operator()) {
      case NOT_IN, DOES_NOT_EXIST -> true;
      case IN, EXISTS -> false;
    };
  }

  private static Selector selector(Requirement requirement) {
    String key = key(requirement);
    Selector asked =
        switch (requirement.operator()) {
          case IN, NOT_IN -> valued(key, requirement.values());
          case EXISTS, DOES_NOT_EXIST -> existing(key);
        };
    return isNegative(requirement) ? new Selector.Not(asked) : asked;
  }

  private static Selector valued(String key, Set<String> values) {
    if (key.equals(NAMESPACE)) {
      return new Selector.Or(
          values.stream().sorted().<Selector>map(Selector.InNamespace::new).toList());
    }
    if (key.equals(ACCOUNT)) {
      return new Selector.OfServiceAccount(values);
    }
    if (key.startsWith("reserved:")) {
      return existing(key);
    }
    return key.startsWith(NAMESPACE_LABELS)
        ? new Selector.LabelIn(Scope.NAMESPACE, key.substring(NAMESPACE_LABELS.length()), values)
        : new Selector.LabelIn(Scope.ENDPOINT, key, values);
  }

  private static Selector existing(String key) {
    if (key.startsWith("reserved:")) {
      return reserved(key.substring("reserved:".length()));
    }
    if (key.equals(NAMESPACE) || key.equals(ACCOUNT)) {
      return Selector.pods();
    }
    return key.startsWith(NAMESPACE_LABELS)
        ? new Selector.HasLabel(Scope.NAMESPACE, key.substring(NAMESPACE_LABELS.length()))
        : new Selector.HasLabel(Scope.ENDPOINT, key);
  }

  private static Selector reserved(String name) {
    return switch (name) {
      case "world" -> new Selector.OfKind(Set.of(Kind.EXTERNAL));
      case "host", "remote-node" -> new Selector.OfKind(HOSTS);
      case String _ -> new Selector.Or(List.of()); // endpoints of Cilium's own
    };
  }
}
