package io.github.polverdict.workbench.universe;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object that makes pods from a template. */
record Workload(Document document) {
  static final List<String> KINDS =
      List.of(
          "CronJob",
          "DaemonSet",
          "Deployment",
          "Job",
          "ReplicaSet",
          "ReplicationController",
          "StatefulSet");

  static List<Workload> all(Snapshot snapshot) {
    List<Workload> out = new ArrayList<>();
    KINDS.forEach(kind -> snapshot.ofKind(kind).forEach(d -> out.add(new Workload(d))));
    return out;
  }

  String kind() {
    return document.id().kind();
  }

  String name() {
    return document.id().name();
  }

  String namespace() {
    return Namespaces.of(document);
  }

  /** {@code Deployment shop/web}. */
  String key() {
    return kind() + " " + namespace() + "/" + name();
  }

  /** The template of its pods. */
  Field template() {
    return kind().equals("CronJob")
        ? document.at("spec", "jobTemplate", "spec", "template")
        : document.at("spec", "template");
  }

  /** The labels of the template. */
  Field labels() {
    return template().get("metadata").get("labels");
  }

  /** Whether it will make no more pods: a Job that has ended, an old ReplicaSet. */
  boolean ended() {
    if (kind().equals("ReplicaSet")) {
      return Owners.controller(document).isPresent()
          && document.at("spec", "replicas").integer().orElse(1) == 0;
    }
    return kind().equals("Job")
        && document.at("status", "conditions").items().stream()
            .anyMatch(c ->
                c.get("type").text("").matches("Complete|Failed")
                    && c.get("status").text("").equals("True"));
  }

  /** The labels that its controller gives to its pods and whose values are known beforehand. */
  Map<String, String> givenLabels() {
    Map<String, String> out = new HashMap<>();
    boolean single = document.at("spec", "replicas").integer().orElse(1) == 1;
    if (kind().equals("Job")) {
      out.put("job-name", name());
      out.put("batch.kubernetes.io/job-name", name());
    } else if (kind().equals("StatefulSet") && single) {
      int ordinal = document.at("spec", "ordinals", "start").integer().orElse(0);
      out.put("statefulset.kubernetes.io/pod-name", name() + "-" + ordinal);
      out.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
    }
    return out;
  }

  /** The keys of labels that its controller may give to its pods. */
  List<String> givenKeys() {
    return switch (kind()) {
      case "Deployment" -> List.of("pod-template-hash");
      case "DaemonSet" -> List.of("controller-revision-hash", "pod-template-generation");
      case "StatefulSet" ->
          List.of(
              "controller-revision-hash",
              "statefulset.kubernetes.io/pod-name",
              "apps.kubernetes.io/pod-index");
      case "Job", "CronJob" ->
          List.of(
              "job-name",
              "batch.kubernetes.io/job-name",
              "controller-uid",
              "batch.kubernetes.io/controller-uid",
              "batch.kubernetes.io/job-completion-index");
      case String _ -> List.of();
    };
  }

  /** A label that its selector asks for and that its template lacks, as {@code app=web}. */
  Optional<String> notSelected() {
    Map<String, String> labels = labels().strings();
    Field selector = document.at("spec", "selector");
    Field exact = kind().equals("ReplicationController") ? selector : selector.get("matchLabels");
    boolean checked =
        !kind().equals("Job") && !kind().equals("CronJob"); // their selectors are generated
    return exact.strings().entrySet().stream()
        .filter(e -> checked && !e.getValue().equals(labels.get(e.getKey())))
        .map(e -> e.getKey() + "=" + e.getValue())
        .findFirst();
  }
}
