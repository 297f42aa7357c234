package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reports pods that run with other labels than the template of their workload has, where policies
 * ask for these: a rollout that has not ended, or a pod that was labelled by hand. What is judged
 * is the pods; the ones that follow them are like the template.
 */
final class Rollouts {
  private final Ground ground;
  private final Map<String, Workload> workloads = new HashMap<>();
  private final Map<String, List<Document>> pods = new LinkedHashMap<>(); // by their workload

  Rollouts(Ground ground) {
    this.ground = ground;
    Workload.all(ground.snapshot).forEach(w -> workloads.put(w.key(), w));
  }

  /** Adds a pod that runs, with its controllers up to the top. */
  void add(Document pod, List<Owner> owners) {
    if (!owners.isEmpty()) {
      Owner top = owners.getLast();
      String key = top.kind() + " " + Namespaces.of(pod) + "/" + top.name();
      if (workloads.containsKey(key)) {
        pods.computeIfAbsent(key, _ -> new ArrayList<>()).add(pod);
      }
    }
  }

  void report() {
    pods.forEach((key, all) -> report(Objects.requireNonNull(workloads.get(key)), all));
  }

  private void report(Workload workload, List<Document> all) {
    Map<String, String> template = workload.labels().strings();
    Map<String, List<Document>> others = new TreeMap<>(); // by the label that differs
    for (Document pod : all) {
      Map<String, String> labels = labels(pod).strings();
      Set<String> keys = new HashSet<>(template.keySet());
      keys.addAll(labels.keySet());
      keys.retainAll(ground.mentionedKeys);
      keys.removeIf(k -> Objects.equals(labels.get(k), template.get(k)));
      keys.forEach(k -> others.computeIfAbsent(k, _ -> new ArrayList<>()).add(pod));
    }
    others.keySet().removeAll(workload.givenKeys());
    others.forEach((label, pods) -> report(workload, label, pods, all.size()));
  }

  private void report(Workload workload, String label, List<Document> others, int all) {
    Field now = labels(others.getFirst()).get(label);
    Field next = workload.labels().get(label);
    ground.find(
        "PV059",
        Severity.WARNING,
        "%d of %d pods of %s run with %s; new ones will have %s, and policies ask for it"
            .formatted(others.size(), all, workload.key(), said(label, now), said(label, next)),
        "let the rollout end, or put into the template what the pods have",
        (now.present() ? now : labels(others.getFirst())).origin());
  }

  private static Field labels(Document pod) {
    return pod.at("metadata", "labels");
  }

  private static String said(String label, Field value) {
    Optional<String> text = value.text();
    return text.map(t -> label + "=" + t).orElse("no label " + label);
  }
}
