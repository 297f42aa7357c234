package io.github.polverdict.live;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which cluster to read, as the user names it.
 *
 * @param context a kubeconfig's context; its current one when empty
 * @param kubeconfig a kubeconfig file; when empty the list in {@code KUBECONFIG}, else {@code
 *     ~/.kube/config}, else the service account of the pod that this runs in
 * @param namespaces where to look when a list of the whole cluster is forbidden and the namespaces
 *     cannot be listed either; the context's own namespace is always added
 * @param surroundings whether to read also what the cluster depends on beside its policies:
 *     webhooks, aggregated APIs, bindings, Ingresses
 */
public record ClusterAccess(
    Optional<String> context,
    Optional<Path> kubeconfig,
    List<String> namespaces,
    boolean surroundings) {
  public ClusterAccess {
    namespaces = List.copyOf(namespaces);
  }

  public ClusterAccess(
      Optional<String> context, Optional<Path> kubeconfig, List<String> namespaces) {
    this(context, kubeconfig, namespaces, false);
  }

  /** The same with what the cluster depends on beside its policies. */
  public ClusterAccess withSurroundings() {
    return new ClusterAccess(context, kubeconfig, namespaces, true);
  }

  /** A context of the usual kubeconfigs. */
  public static ClusterAccess context(String name) {
    return new ClusterAccess(Optional.of(name), Optional.empty(), List.of());
  }
}
