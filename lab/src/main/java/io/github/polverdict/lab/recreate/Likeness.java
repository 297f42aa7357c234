package io.github.polverdict.lab.recreate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What policies can tell pods apart by, without the labels that controllers number them with. */
record Likeness(
    Map<String, String> labels, String account, boolean onHost, List<Map<String, Object>> ports) {
  private static final Set<String> NUMBERS =
      Set.of(
          "pod-template-hash",
          "controller-revision-hash",
          "pod-template-generation",
          "statefulset.kubernetes.io/pod-name",
          "apps.kubernetes.io/pod-index",
          "batch.kubernetes.io/job-completion-index");

  static Likeness of(Stand stand) {
    Map<String, String> labels = new TreeMap<>(stand.labels());
    labels.keySet().removeAll(NUMBERS);
    return new Likeness(labels, stand.account(), stand.onHost(), stand.declared());
  }
}
