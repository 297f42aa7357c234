package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The labels that agents give endpoints beside their own: the name of the cluster and the service
 * account (pkg/k8s/utils/utils.go, SanitizePodLabels); and what a label filter leaves of all.
 *
 * @param cluster the cluster's name
 * @param mesh whether it may be one of several clusters
 * @param named the kinds of endpoint that carry the cluster's name
 * @param view which labels are part of an identity
 */
public record Derived(String cluster, boolean mesh, Set<Kind> named, View view) {
  /** The label with the cluster's name. */
  public static final String CLUSTER = "io.cilium.k8s.policy.cluster";

  /** The label with the service account's name. */
  public static final String ACCOUNT = "io.cilium.k8s.policy.serviceaccount";

  public Derived {
    named = Set.copyOf(named);
  }

  /**
   * What this version and configuration has.
   *
   * @param view which labels are part of an identity
   */
  public static Derived of(Context context, View view) {
    Set<Kind> named = EnumSet.noneOf(Kind.class);
    if (view.shows(Scope.ENDPOINT, CLUSTER)) {
      named.add(Kind.POD);
    }
    if (context.active("cilium.node-cluster-label")) {
      named.addAll(Set.of(Kind.NODE, Kind.HOST_POD));
    }
    return new Derived(
        context.setting("cluster-name"),
        !Set.of("", "0").contains(context.setting("cluster-id")),
        named,
        view);
  }

  /** Whether pods carry the label of their service account. */
  boolean accountShown() {
    return identifies(ACCOUNT);
  }

  /** Whether a label of a pod, or of a node as policies' subject, is part of its identity. */
  boolean identifies(String key) {
    return view.shows(Scope.ENDPOINT, key);
  }

  /** Whoever carries the name of the own cluster. */
  Selector ownCluster() {
    return named.isEmpty() ? new Selector.Or(List.of()) : new Selector.OfKind(named);
  }
}
