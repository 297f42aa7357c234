package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.LabelQuery.Operator;
import io.github.polverdict.dialects.api.LabelQuery.Requirement;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A selector of endpoints over Cilium's labels, whose keys name their source ({@code k8s:}, {@code
 * any:}, {@code reserved:}) and which also stand for the namespace, its labels and the service
 * account (pkg/policy/api/selector.go, pkg/k8s/apis/cilium.io/utils/utils.go).
 */
record EndpointQuery(LabelQuery query, Derived derived) {
  private static final String NAMESPACE = "io.kubernetes.pod.namespace";
  private static final String NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels.";
  private static final String RESERVED = "reserved:";
  private static final Set<String> OWN = Set.of("health", "ingress", "init");
  private static final Selector NOBODY = new Selector.Or(List.of());
  private static final Selector HOSTS = new Selector.OfKind(Set.of(Kind.NODE, Kind.HOST_POD));

  /**
   * How a peer's selector is completed before it is matched.
   *
   * @param namespace the policy's own, which it is confined to unless it names others; empty for
   *     none
   * @param byLabels whether labels of namespaces name others, too
   * @param ownCluster whether it is confined to the pods of one cluster
   * @param aggregates whether everybody is selected by what asks for nothing to be there
   * @param oneHost whether all nodes are the own one
   */
  record Scoping(
      String namespace, boolean byLabels, boolean ownCluster, boolean aggregates, boolean oneHost) {
    /** The same where each identity is asked for itself. */
    Scoping apart() {
      return new Scoping(namespace, byLabels, ownCluster, false, oneHost);
    }
  }

  static EndpointQuery read(Field field, Derived derived) {
    return new EndpointQuery(LabelQuery.read(field), derived);
  }

  /** The label's key without its source; {@code reserved:} keys keep theirs. */
  private static String key(Requirement requirement) {
    return requirement.key().replaceFirst("^(k8s|any):", "");
  }

  private boolean names(String start) {
    return query.requirements().stream().anyMatch(r -> key(r).startsWith(start));
  }

  /** Whether whom it selects depends on the subject's own node. */
  boolean isRelative() {
    return names(RESERVED + "host") || names(RESERVED + "remote-node");
  }

  /**
   * What cannot be told here: the API server among other addresses, and whom a selector means that
   * only says what is not reserved, which differs by identity.
   */
  boolean isBeyond() {
    return names(RESERVED + "kube-apiserver") || (names(RESERVED) && query.onlyNegative());
  }

  /** Whether it selects endpoints of Cilium's own, which are neither pods nor nodes. */
  boolean isOfOwnEndpoints() {
    return query.requirements().stream()
        .filter(r -> !r.negative() && r.key().startsWith(RESERVED))
        .anyMatch(r -> OWN.contains(r.key().substring(RESERVED.length())));
  }

  /** Whether it may also select pods of other clusters of a mesh, because it names clusters. */
  boolean reachesOtherClusters() {
    return derived.mesh()
        && query.requirements().stream()
            .filter(r -> key(r).equals(Derived.CLUSTER))
            .anyMatch(r -> r.operator() != Operator.DOES_NOT_EXIST && !isOwnOnly(r));
  }

  private boolean isOwnOnly(Requirement requirement) {
    return requirement.operator() == Operator.IN
        && requirement.values().equals(Set.of(derived.cluster()));
  }

  /**
   * The endpoints that it selects as a subject: always of the policy's own namespace, whatever the
   * selector says of {@code k8s:io.kubernetes.pod.namespace}.
   *
   * @param namespace empty for a policy of the whole cluster
   */
  Selector subject(String namespace) {
    List<Selector> all = new ArrayList<>();
    all.add(Selector.pods());
    Field replaced = query.place().get("matchLabels").get("k8s:" + NAMESPACE);
    if (!namespace.isEmpty()) {
      all.add(new Selector.InNamespace(namespace));
    }
    for (Requirement requirement : query.requirements()) {
      boolean overruled =
          !namespace.isEmpty()
              && replaced.present()
              && requirement.operator() == Operator.IN
              && requirement.key().equals("k8s:" + NAMESPACE)
              && requirement.values().equals(Set.of(replaced.text("")));
      if (!overruled) {
        all.add(selector(requirement, Optional.empty()));
      }
    }
    return new Selector.And(all);
  }

  /**
   * Whom it selects as a peer. Without a namespace, a cluster or a label that must be there, it
   * also selects what has none: nodes and the world.
   *
   * @param node the subject's own; empty when it does not matter
   */
  PeerSpec peer(Scoping scoping, Optional<String> node) {
    List<Selector> all = new ArrayList<>();
    if (!names(RESERVED)) {
      boolean named = query.requirements().stream().anyMatch(r -> key(r).equals(NAMESPACE));
      boolean labelled = scoping.byLabels() && names(NAMESPACE_LABELS);
      if (!named && scoping.namespace().isEmpty()) {
        all.add(Selector.pods());
      } else if (!named && !labelled) {
        all.add(Selector.and(Selector.pods(), new Selector.InNamespace(scoping.namespace())));
      }
      if (scoping.ownCluster() && !names(Derived.CLUSTER)) {
        all.add(derived.ownCluster());
      }
    }
    if (all.isEmpty() && query.onlyNegative() && scoping.aggregates()) {
      return PeerSpec.ANYONE;
    }
    query.requirements().forEach(r -> all.add(selector(r, node)));
    return new PeerSpec.Selected(new Selector.And(all));
  }

  private Selector selector(Requirement requirement, Optional<String> node) {
    String key = key(requirement);
    return switch (requirement.operator()) {
      case IN -> valued(key, requirement.values(), node);
      case NOT_IN -> new Selector.Not(valued(key, requirement.values(), node));
      case EXISTS -> existing(key, node);
      case DOES_NOT_EXIST -> new Selector.Not(existing(key, node));
    };
  }

  private Selector valued(String key, Set<String> values, Optional<String> node) {
    if (key.startsWith(RESERVED)) {
      return values.contains("") ? existing(key, node) : NOBODY;
    }
    if (key.equals(NAMESPACE)) {
      List<Selector> any =
          values.stream().sorted().<Selector>map(Selector.InNamespace::new).toList();
      return Selector.and(Selector.pods(), new Selector.Or(any));
    }
    if (key.equals(Derived.ACCOUNT)) {
      return derived.accountShown()
          ? Selector.and(Selector.pods(), new Selector.OfServiceAccount(values))
          : NOBODY;
    }
    if (key.equals(Derived.CLUSTER)) {
      return values.contains(derived.cluster()) ? derived.ownCluster() : NOBODY;
    }
    Selector labelled =
        key.startsWith(NAMESPACE_LABELS)
            ? new Selector.LabelIn(
                Scope.NAMESPACE, key.substring(NAMESPACE_LABELS.length()), values)
            : new Selector.LabelIn(Scope.ENDPOINT, key, values);
    return Selector.and(Selector.pods(), labelled);
  }

  private Selector existing(String key, Optional<String> node) {
    if (key.startsWith(RESERVED)) {
      return reserved(key.substring(RESERVED.length()), node);
    }
    if (key.equals(NAMESPACE)) {
      return Selector.pods();
    }
    if (key.equals(Derived.ACCOUNT)) {
      return derived.accountShown() ? Selector.pods() : NOBODY;
    }
    if (key.equals(Derived.CLUSTER)) {
      return derived.ownCluster();
    }
    Selector labelled =
        key.startsWith(NAMESPACE_LABELS)
            ? new Selector.HasLabel(Scope.NAMESPACE, key.substring(NAMESPACE_LABELS.length()))
            : new Selector.HasLabel(Scope.ENDPOINT, key);
    return Selector.and(Selector.pods(), labelled);
  }

  /** Endpoints without labels of their own. */
  private static Selector reserved(String name, Optional<String> node) {
    Selector here = node.<Selector>map(Selector.OnNode::new).orElse(Selector.ALL);
    return switch (name) {
      case "world" -> new Selector.OfKind(Set.of(Kind.EXTERNAL));
      case "host" -> Selector.and(HOSTS, here);
      case "remote-node" -> Selector.and(HOSTS, new Selector.Not(here));
      case String _ -> NOBODY; // endpoints of Cilium's own
    };
  }
}
