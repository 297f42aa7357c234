package io.github.polverdict.questions.words;

import io.github.polverdict.core.model.Endpoint;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The labels by which pods can be selected for longer than one revision. */
public final class CommonLabels {
  /** Labels that controllers give to pods of one revision. */
  private static final Set<String> FLEETING =
      Set.of(
          "pod-template-hash",
          "controller-revision-hash",
          "pod-template-generation",
          "apps.kubernetes.io/pod-index",
          "controller-uid",
          "batch.kubernetes.io/controller-uid",
          "job-name",
          "batch.kubernetes.io/job-name");

  /** The label by which a StatefulSet's pod is told from the others. */
  private static final String OF_ONE = "statefulset.kubernetes.io/pod-name";

  private CommonLabels() {}

  /** The labels of one pod alone, without those of a revision; empty when none. */
  public static Map<String, String> of(Endpoint pod) {
    Map<String, String> labels = new TreeMap<>(pod.facts().labels().known());
    labels.keySet().removeAll(FLEETING);
    return Collections.unmodifiableMap(labels);
  }

  /** The labels that all of a workload's pods have, without those of a revision or of one pod. */
  public static Map<String, String> of(List<Endpoint> pods) {
    Map<String, String> labels = new TreeMap<>();
    pods.stream().limit(1).forEach(p -> labels.putAll(of(p)));
    labels.remove(OF_ONE);
    for (Endpoint pod : pods) {
      labels.entrySet().retainAll(pod.facts().labels().known().entrySet());
    }
    return Collections.unmodifiableMap(labels);
  }
}
