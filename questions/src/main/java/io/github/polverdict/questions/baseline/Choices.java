package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.baseline.BaselineAnswer.Notice;
import io.github.polverdict.questions.baseline.BaselineAnswer.Sort;
import java.util.ArrayList;
import java.util.List;

/** What a baseline chooses by words that are of nothing in a cluster. */
final class Choices {
  private Choices() {}

  static List<Notice> notices(BaselineQuestion question, Demands demands, Bench bench) {
    List<Notice> out = new ArrayList<>();
    for (Baseline.Group group : question.baseline().groups()) {
      if (question.namespaces().isEmpty() && !demands.chosen(group)) {
        String says = "group %s chooses no namespace: mend what it chooses, or take it out";
        out.add(new Notice(Sort.CHOOSES_NOTHING, says.formatted(group.name()), group.origin()));
      }
    }
    for (Baseline.Pods pods : question.baseline().known().controllers()) {
      if (bench.universe().endpoints().stream().noneMatch(e -> isOf(pods, e))) {
        String says = "ingressControllers: no pod of %s is labelled %s";
        out.add(
            new Notice(
                Sort.CHOOSES_NOTHING,
                says.formatted(pods.namespace(), pods.labels()),
                new Origin.Said("ingressControllers of " + question.baseline().name())));
      }
    }
    return out;
  }

  /** Whether it is a pod of a namespace with certain labels. */
  static boolean isOf(Baseline.Pods pods, Endpoint endpoint) {
    return (endpoint.kind() == Kind.POD || endpoint.kind() == Kind.HOST_POD)
        && endpoint.namespace().equals(pods.namespace())
        && endpoint.facts().labels().known().entrySet().containsAll(pods.labels().entrySet());
  }
}
