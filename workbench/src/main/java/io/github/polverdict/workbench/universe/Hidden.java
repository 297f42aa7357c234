package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.snapshot.Gap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stand-ins for the pods of namespaces whose pods could not be read: one for each such namespace,
 * and one for all those of which not even the name could be read.
 */
final class Hidden {
  /** Stands for a namespace whose name is not known. */
  private static final String SOMEWHERE = "*";

  private Hidden() {}

  static List<Endpoint> of(Ground ground) {
    List<Endpoint> out = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (Gap gap : ground.snapshot.gaps()) {
      if (!hidesPods(gap)) {
        continue;
      }
      List<String> hidden =
          gap.namespace().isEmpty() ? ground.namespaces.names() : List.of(gap.namespace());
      for (String namespace : hidden) {
        if (gap.mayTouch(namespace) && done.add(namespace)) {
          out.add(standIn(ground, namespace, gap));
        }
      }
      if (gap.namespace().isEmpty() && namesHidden(ground) && done.add(SOMEWHERE)) {
        out.add(standIn(ground, SOMEWHERE, gap));
      }
    }
    return out;
  }

  /**
   * A broken document that names neither kind nor namespace is no reason to doubt every namespace.
   */
  private static boolean hidesPods(Gap gap) {
    if (gap.kinds().isEmpty()) {
      return !gap.namespace().isEmpty();
    }
    boolean written = gap.origin() instanceof Origin.InFile; // a cluster's pods are read as such
    return gap.mayHold("Pod") || (written && Workload.KINDS.stream().anyMatch(gap::mayHold));
  }

  /** Whether there may be namespaces of which nothing is known. */
  private static boolean namesHidden(Ground ground) {
    return ground.snapshot.gaps().stream()
        .anyMatch(g -> g.kinds().contains("Namespace") && g.namespace().isEmpty());
  }

  private static Endpoint standIn(Ground ground, String namespace, Gap gap) {
    Doubt doubt =
        new Doubt.NotReadable(
            "the pods of namespace " + namespace, Namespaces.why(gap), gap.origin());
    Labels ofNamespace =
        namespace.equals(SOMEWHERE)
            ? Labels.unknown(doubt)
            : ground.namespaces.labels(namespace, gap.origin());
    ground.find(
        "PV055",
        Severity.WARNING,
        "Pods of namespace %s could not be read (%s): %s/* stands for them"
            .formatted(namespace, Namespaces.why(gap), namespace),
        "read the snapshot with the right to list pods there",
        gap.origin());
    return new Endpoint(
        namespace + "/*",
        Kind.POD,
        new Owner("Hidden", "*"),
        new Facts(
            namespace, Labels.unknown(doubt), ofNamespace, "", Labels.NONE, Labels.unknown(doubt)),
        Addresses.within(ground.podSpace),
        List.of(),
        Optional.empty(),
        gap.origin());
  }
}
