package io.github.polverdict.questions.diff;

import io.github.polverdict.questions.diff.DiffAnswer.Risk;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What makes a change between two sides weigh more than others. */
final class Risks {
  /** The namespaces that every cluster has for itself. */
  private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease");

  private final List<Compared> both;
  private final Optional<String> tenants;

  /**
   * Risks between two clusters.
   *
   * @param tenants the key of the label that says whose a namespace is
   */
  Risks(Compared a, Compared b, Optional<String> tenants) {
    this.both = List.of(a, b);
    this.tenants = tenants;
  }

  List<Risk> of(Side src, Side dst) {
    List<Risk> out = new ArrayList<>();
    if (src instanceof Side.Range || dst instanceof Side.Range) {
      out.add(Risk.OUTSIDE);
    }
    if (tenants.isPresent() && apart(src, dst)) {
      out.add(Risk.ACROSS_TENANTS);
    }
    if (SYSTEM.contains(namespace(dst))) {
      out.add(Risk.SYSTEM);
    }
    return out;
  }

  /** Whether one of the clusters says that the sides belong to different tenants. */
  private boolean apart(Side src, Side dst) {
    return both.stream()
        .anyMatch(cluster -> {
          Optional<String> one = tenant(cluster, src);
          Optional<String> other = tenant(cluster, dst);
          return one.isPresent() && other.isPresent() && !one.equals(other);
        });
  }

  private Optional<String> tenant(Compared cluster, Side side) {
    return cluster.namespaceLabels(namespace(side)).flatMap(labels -> tenants.map(labels::get));
  }

  /** The namespace of a side; empty outside of the cluster. */
  static String namespace(Side side) {
    return switch (side) {
      case Side.Inside(String name) -> name.substring(0, Math.max(0, name.indexOf('/')));
      case Side.Called called -> called.namespace();
      case Side.Range _ -> "";
    };
  }
}
