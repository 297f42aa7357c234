package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** PV106: policies whose labels select pods of the host network. */
final class HostPods implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    for (Placed placed : ground.blocks()) {
      Selector subject = placed.block().subject();
      if (!placed.sure() || !Labelled.asks(subject)) {
        continue;
      }
      Selector onHostsToo = widened(subject);
      List<Endpoint> missed =
          ground.inside().stream()
              .filter(e -> e.kind() == Kind.HOST_POD)
              .filter(e -> Selection.of(subject, e, placed.plane()) == Truth.NO)
              .filter(e -> Selection.of(onHostsToo, e, placed.plane()) == Truth.YES)
              .toList();
      if (!missed.isEmpty()) {
        out.add(
            "PV106",
            placed.block().origin(),
            "%s has no effect on %s: %s on the network of its node, where %s does not apply it"
                .formatted(
                    placed.block().name(),
                    Wording.list(missed),
                    missed.size() == 1 ? "the pod is" : "each of these pods is",
                    placed.plane().name()),
            Remedy.of("take the pod off the host network, or protect the node itself"));
      }
    }
  }

  /** The selector as it would be if pods of the host network were pods like others. */
  private static Selector widened(Selector selector) {
    return switch (selector) {
      case Selector.OfKind(Set<Kind> kinds) -> {
        Set<Kind> more = new HashSet<>(kinds);
        if (kinds.contains(Kind.POD)) {
          more.add(Kind.HOST_POD);
        }
        yield new Selector.OfKind(more);
      }
      case Selector.And(var all) -> new Selector.And(all.stream().map(HostPods::widened).toList());
      case Selector.Or(var any) -> new Selector.Or(any.stream().map(HostPods::widened).toList());
      case Selector.All _,
          Selector.InNamespace _,
          Selector.Is _,
          Selector.HasLabel _,
          Selector.LabelIn _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.AtAddress _,
          Selector.OnNode _,
          Selector.Not _ ->
          selector;
    };
  }
}
