package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.View;
import io.github.polverdict.core.model.View.LabelPattern;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.cilium.policy.Derived;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which labels are part of an identity (pkg/labelsfilter/filter.go): the longest match decides, and
 * what takes a label away among equals.
 */
final class LabelFilter {
  private static final List<String> DROPPED =
      List.of(
          "io\\.kubernetes",
          "kubernetes\\.io",
          ".*beta\\.kubernetes\\.io",
          "k8s\\.io",
          "pod-template-generation",
          "pod-template-hash",
          "controller-revision-hash",
          "annotation.*",
          "etcd_node");
  private static final List<String> DROPPED_CONTROLLERS =
      List.of(
          "statefulset\\.kubernetes\\.io/pod-name",
          "apps\\.kubernetes\\.io/pod-index",
          "batch\\.kubernetes\\.io/job-completion-index",
          "batch\\.kubernetes\\.io/controller-uid",
          "controller-uid");
  private static final String NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels.";

  private LabelFilter() {}

  static View view(Context context) {
    List<LabelPattern> patterns = new ArrayList<>();
    DROPPED.forEach(regex -> patterns.add(new LabelPattern(Scope.ENDPOINT, regex, false)));
    if (context.active("cilium.label-filter-controllers")) {
      DROPPED_CONTROLLERS.forEach(
          regex -> patterns.add(new LabelPattern(Scope.ENDPOINT, regex, false)));
    }
    if (context.active("cilium.label-filter-topology")) {
      patterns.add(new LabelPattern(Scope.ENDPOINT, "topology\\.kubernetes\\.io", false));
    }
    patterns.add(new LabelPattern(Scope.ENDPOINT, "app\\.kubernetes\\.io", true));
    patterns.add(new LabelPattern(Scope.NAMESPACE, "", true));
    if (context.active("cilium.label-filter-cluster")) {
      patterns.add(new LabelPattern(Scope.ENDPOINT, Derived.CLUSTER.replace(".", "\\."), true));
    }
    if (context.active("cilium.label-filter-account")) {
      patterns.add(new LabelPattern(Scope.ENDPOINT, Derived.ACCOUNT.replace(".", "\\."), true));
    }
    boolean allowList = false;
    if (context.active("cilium.label-filter-custom")) {
      for (String word : context.setting("labels").strip().split("\\s+")) {
        int colon = word.indexOf(':'); // k8s:!name; other sources say nothing of pods' own labels
        String regex = word.substring(colon + 1);
        boolean shown = !regex.startsWith("!");
        allowList |= shown;
        if (colon < 0 || word.startsWith("k8s:")) {
          patterns.add(custom(regex.replaceFirst("^!", ""), shown));
        }
      }
    }
    patterns.sort(Comparator.comparing(pattern -> !pattern.shown()));
    return new View(!allowList, patterns);
  }

  private static LabelPattern custom(String regex, boolean shown) {
    String plain = regex.replace("\\.", ".");
    return plain.startsWith(NAMESPACE_LABELS)
        ? new LabelPattern(
            Scope.NAMESPACE, plain.substring(NAMESPACE_LABELS.length()).replace(".", "\\."), shown)
        : new LabelPattern(Scope.ENDPOINT, regex, shown);
  }
}
