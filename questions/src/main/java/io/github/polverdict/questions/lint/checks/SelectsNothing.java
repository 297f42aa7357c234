package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PV201 and PV213: policies that are for nobody. */
final class SelectsNothing implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    for (List<Placed> blocks : ground.policies().values()) {
      boolean nobody =
          blocks.stream()
              .allMatch(b -> b.sure() && b.selected().isEmpty() && b.perhaps().isEmpty());
      Placed first = blocks.getFirst();
      Selector subject = first.block().subject();
      if (!nobody || !Labelled.asks(subject) || onlyHostPods(first, ground)) {
        continue;
      }
      Optional<String> namespace = Manifests.namespace(subject);
      if (ground.podsMayBeMissing(namespace.orElse("")) || ground.inhabited().isEmpty()) {
        continue;
      }
      if (namespace.isEmpty() || ground.inhabited().contains(namespace.get())) {
        String where = namespace.map(n -> " in namespace " + n).orElse("");
        out.add(
            "PV201",
            first.block().origin(),
            "%s has no effect: no pod%s has %s%s"
                .formatted(
                    first.block().name(),
                    where,
                    Labelled.words(subject, Scope.ENDPOINT),
                    hint(first, ground)),
            Remedy.of("correct the labels that it selects by, or remove the policy"));
      } else {
        emptyNamespace(first, namespace.get(), ground, out);
      }
    }
  }

  /** PV106 says that better. */
  private static boolean onlyHostPods(Placed placed, Ground ground) {
    Selector labels = Labelled.ofPods(placed.block().subject()).orElse(Selector.ALL);
    String namespace = Manifests.namespace(placed.block().subject()).orElse("");
    Selector bare =
        labels instanceof Selector.And(var parts)
            ? new Selector.And(parts.stream().filter(s -> !(s instanceof Selector.OfKind)).toList())
            : labels;
    return ground.inside().stream()
        .filter(e -> e.kind() == Kind.HOST_POD && e.namespace().equals(namespace))
        .anyMatch(e -> Selection.of(bare, e, placed.plane()) == Truth.YES);
  }

  private static void emptyNamespace(Placed placed, String namespace, Ground ground, Sink out) {
    List<Endpoint> elsewhere = elsewhere(placed, ground);
    if (ground.surroundings().whole() || !elsewhere.isEmpty()) {
      out.add(
          "PV213",
          placed.block().origin(),
          "%s has no effect: namespace %s has no pods%s"
              .formatted(
                  placed.block().name(),
                  namespace,
                  elsewhere.isEmpty()
                      ? ""
                      : "; pods with its labels are elsewhere: " + Wording.list(elsewhere)),
          Remedy.of("move the policy to the namespace of its pods, or remove it"));
    }
  }

  /** Pods of other namespaces that the policy's labels select. */
  private static List<Endpoint> elsewhere(Placed placed, Ground ground) {
    return Labelled.ofPods(placed.block().subject())
        .map(labels ->
            ground.pods().stream()
                .filter(e -> Selection.of(labels, e, placed.plane()) == Truth.YES)
                .toList())
        .orElse(List.of());
  }

  /** Pods in another namespace with these labels, else the nearest value of one of the labels. */
  private static String hint(Placed placed, Ground ground) {
    List<Endpoint> elsewhere = elsewhere(placed, ground);
    if (!elsewhere.isEmpty()) {
      return "; pods with these labels are elsewhere: " + Wording.list(elsewhere);
    }
    Selector subject = placed.block().subject();
    return Manifests.namespace(subject)
        .flatMap(namespace -> nearest(subject, namespace, ground))
        .map(near -> "; did you mean " + near + "?")
        .orElse("");
  }

  private static Optional<String> nearest(Selector selector, String namespace, Ground ground) {
    return switch (selector) {
      case Selector.LabelIn(Scope scope, String key, var values)
          when scope == Scope.ENDPOINT && values.size() == 1 -> {
        String wanted = values.iterator().next();
        yield ground.pods().stream()
            .filter(e -> e.namespace().equals(namespace))
            .map(e -> e.facts().labels().known())
            .map(known -> Map.entry(key, known.getOrDefault(key, "")))
            .filter(e -> !e.getValue().isEmpty() && !e.getValue().equals(wanted))
            .filter(e -> distance(e.getValue(), wanted) <= 2)
            .min(
                Comparator.comparingInt(
                        (Map.Entry<String, String> e) -> distance(e.getValue(), wanted))
                    .thenComparing(Map.Entry::getValue))
            .map(e -> e.getKey() + "=" + e.getValue());
      }
      case Selector.And(var all) ->
          all.stream().flatMap(s -> nearest(s, namespace, ground).stream()).findFirst();
      case Selector.All _,
          Selector.OfKind _,
          Selector.InNamespace _,
          Selector.Is _,
          Selector.HasLabel _,
          Selector.LabelIn _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.AtAddress _,
          Selector.OnNode _,
          Selector.Not _,
          Selector.Or _ ->
          Optional.empty();
    };
  }

  /** How many letters must change (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
