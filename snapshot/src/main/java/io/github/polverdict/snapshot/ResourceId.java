package io.github.polverdict.snapshot;

import java.util.Comparator;
import java.util.Set;

/**
 * What names a Kubernetes object.
 *
 * @param apiVersion {@code networking.k8s.io/v1}; empty when the document has none
 * @param namespace empty for cluster-scoped objects
 */
public record ResourceId(String apiVersion, String kind, String namespace, String name)
    implements Comparable<ResourceId> {
  private static final Set<String> SHARED_NAMES = Set.of("NetworkPolicy", "ClusterNetworkPolicy");
  private static final Comparator<ResourceId> ORDER =
      Comparator.comparing(ResourceId::kind)
          .thenComparing(ResourceId::namespace)
          .thenComparing(ResourceId::name)
          .thenComparing(ResourceId::apiVersion);

  /** The API group; empty for the core group. */
  public String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /**
   * The kind and what tells it from others of its name: {@code NetworkPolicy} for one of Kubernetes
   * itself, {@code NetworkPolicy.crd.projectcalico.org} for all others, as kubectl takes it.
   */
  public String type() {
    String group = group();
    return Scopes.isOfKubernetes(group) ? kind : kind + "." + group;
  }

  /**
   * {@code NetworkPolicy shop/web}; with the group where other groups have kinds of that name:
   * {@code NetworkPolicy.crd.projectcalico.org shop/web}.
   */
  public String text() {
    return (SHARED_NAMES.contains(kind) ? type() : kind)
        + " "
        + (namespace.isEmpty() ? "" : namespace + "/")
        + name;
  }

  @Override
  public int compareTo(ResourceId other) {
    return ORDER.compare(this, other);
  }
}
