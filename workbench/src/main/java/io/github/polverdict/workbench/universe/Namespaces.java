package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The namespaces of a snapshot and their labels, also of those that are only mentioned. */
final class Namespaces {
  /** The label that the API server gives to every namespace (KEP-2161). */
  static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private final Snapshot snapshot;
  private final Map<String, Labels> labels = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();

  Namespaces(Snapshot snapshot) {
    this.snapshot = snapshot;
    for (Document namespace : snapshot.ofKind("Namespace")) {
      String name = namespace.id().name();
      Map<String, String> all = new TreeMap<>(namespace.at("metadata", "labels").strings());
      all.put(NAME_LABEL, name);
      labels.put(name, Labels.of(all));
    }
  }

  /** The namespace of a namespaced object; the API server's default when it names none. */
  static String of(Document document) {
    return document.id().namespace().isEmpty() ? "default" : document.id().namespace();
  }

  /** The labels of the namespace, which comes into being when nothing declares it. */
  Labels labels(String name, Origin mention) {
    return labels.computeIfAbsent(name, n -> mentioned(n, mention));
  }

  private Labels mentioned(String name, Origin mention) {
    Map<String, String> certain = Map.of(NAME_LABEL, name);
    Optional<Gap> hiding =
        snapshot.gaps().stream()
            .filter(g -> g.mayHold("Namespace") && g.mayTouch(name))
            .findFirst();
    if (hiding.isPresent()) {
      Gap gap = hiding.get();
      Doubt doubt =
          new Doubt.NotReadable("the labels of namespace " + name, why(gap), gap.origin());
      return new Labels(certain, Optional.of(doubt));
    }
    findings.add(
        new Finding(
            "PV050",
            Severity.NOTE,
            "No Namespace object for namespace "
                + name
                + ": it is taken to have no label but "
                + NAME_LABEL,
            "add the Namespace object to the input if policies select namespaces by other labels",
            mention));
    return Labels.of(certain);
  }

  /** What a gap hides and why, in one phrase. */
  static String why(Gap gap) {
    return gap.what() + ": " + gap.why();
  }

  /** The namespaces so far with their labels. */
  Map<String, Labels> declared() {
    return Map.copyOf(labels);
  }

  /** All names so far, sorted. */
  List<String> names() {
    return List.copyOf(labels.keySet());
  }

  List<Finding> findings() {
    return findings;
  }
}
