package io.github.polverdict.snapshot;

import java.util.Comparator;

/**
 * What names a Kubernetes object.
 *
 * @param apiVersion {@code networking.k8s.io/v1}; empty when the document has none
 * @param namespace empty for cluster-scoped objects
 */
public record ResourceId(String apiVersion, String kind, String namespace, String name)
    implements Comparable<ResourceId> {
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

  /** {@code NetworkPolicy shop/web}. */
  public String text() {
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }

  @Override
  public int compareTo(ResourceId other) {
    return ORDER.compare(this, other);
  }
}
