package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a workload object, or a pod, says what its pods are like. */
final class Templates {
  private Templates() {}

  /** The keys from the root to what has a pod's {@code metadata} and {@code spec}. */
  static List<String> path(Document document) {
    return switch (document.id().kind()) {
      case "Pod" -> List.of();
      case "CronJob" -> List.of("spec", "jobTemplate", "spec", "template");
      case String _ -> List.of("spec", "template");
    };
  }

  /** What has a pod's {@code metadata} and {@code spec}. */
  static Mapping of(Document document) {
    return document.at(path(document).toArray(String[]::new)).value() instanceof Mapping template
        ? template
        : new Mapping(Map.of(), Value.Mark.NONE);
  }

  /** The labels of pods. */
  static Map<String, String> labels(Document document) {
    List<String> path = new ArrayList<>(path(document));
    path.addAll(List.of("metadata", "labels"));
    return document.at(path.toArray(String[]::new)).strings();
  }

  /** The object of a workload that makes its pods; one of the pods when there is none. */
  static List<Document> maker(List<Document> documents) {
    return documents.stream()
        .filter(d ->
            !d.id().kind().equals("Pod")
                && !of(d).entries().isEmpty()
                && d.at("metadata", "ownerReferences").items().isEmpty())
        .findFirst()
        .or(() -> documents.stream().filter(d -> d.id().kind().equals("Pod")).findFirst())
        .map(List::of)
        .orElse(documents);
  }
}
