package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PV202: rules whose peer is nobody. */
final class PeersNobody implements Check {
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  @Override
  public void look(Ground ground, Sink out) {
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        boolean somebody = !placed.selected().isEmpty() || !placed.perhaps().isEmpty();
        if (somebody && placed.sure() && rule.onlyIf().isEmpty()) {
          rule.peers().forEach(peer -> look(placed, rule, peer, ground, out));
        }
      }
    }
  }

  private static void look(Placed placed, Rule rule, PeerSpec peer, Ground ground, Sink out) {
    if (!(peer instanceof PeerSpec.Selected(Selector selector))
        || ground.inside().stream()
            .anyMatch(e -> Selection.of(selector, e, placed.plane()) != Truth.NO)
        || !Labelled.names(selector)
        || TwoItems.suspect(placed, rule, ground).isPresent()) {
      return;
    }
    Optional<String> own = Manifests.namespace(selector);
    String podLabels = Labelled.words(selector, Scope.ENDPOINT);
    if (own.isPresent()) {
      if (ground.inhabited().contains(own.get()) && !ground.podsMayBeMissing(own.get())) {
        String what = podLabels.isEmpty() ? "no pod" : "no pod with " + podLabels;
        report(placed, rule, what + " is in namespace " + own.get(), out);
      }
      return;
    }
    String namespaceLabels = Labelled.words(selector, Scope.NAMESPACE);
    Optional<String> meant = unlabelled(selector, ground);
    if (meant.isPresent()) {
      String says =
          "namespace %s does not have the label %s".formatted(meant.get(), namespaceLabels);
      report(placed, rule, says, out);
    } else if (ground.surroundings().whole() && !ground.podsMayBeMissing("")) {
      String pods = podLabels.isEmpty() ? "no pod" : "no pod with " + podLabels;
      String where = namespaceLabels.isEmpty() ? "" : " is in a namespace with " + namespaceLabels;
      report(placed, rule, pods + where + (where.isEmpty() ? " is there" : ""), out);
    }
  }

  private static void report(Placed placed, Rule rule, String why, Sink out) {
    out.add(
        "PV202",
        rule.origin(),
        "a rule of %s matches nobody: %s".formatted(placed.block().name(), why),
        Remedy.of("correct the selector; namespaces have the label " + NAME_LABEL));
  }

  /** The declared namespace that is called what a label asks for and lacks that label. */
  private static Optional<String> unlabelled(Selector selector, Ground ground) {
    Map<String, Labels> declared = ground.inventory().namespaces();
    return asked(selector).stream()
        .filter(in -> !in.key().equals(NAME_LABEL))
        .flatMap(in -> in.values().stream().map(value -> Map.entry(in.key(), value)))
        .filter(e -> {
          Labels labels = declared.get(e.getValue());
          return labels != null
              && labels.incomplete().isEmpty()
              && !labels.known().containsKey(e.getKey());
        })
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static List<Selector.LabelIn> asked(Selector selector) {
    return switch (selector) {
      case Selector.LabelIn in when in.scope() == Scope.NAMESPACE -> List.of(in);
      case Selector.And(var all) -> all.stream().flatMap(s -> asked(s).stream()).toList();
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
          List.of();
    };
  }
}
