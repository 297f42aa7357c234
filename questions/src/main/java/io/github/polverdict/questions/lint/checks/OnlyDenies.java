package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import java.util.List;

/** PV211: policies that list what they deny and close everything. */
final class OnlyDenies implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    for (Placed placed : ground.blocks()) {
      boolean denies =
          placed.block().isolates()
              && placed.sure()
              && placed.tier().unmatched() == Action.DENY
              && !placed.block().rules().isEmpty()
              && placed.block().rules().stream().allMatch(r -> r.action() == Action.DENY);
      if (denies) {
        List<Endpoint> closed =
            placed.selected().stream().filter(e -> closed(e, placed, ground)).toList();
        if (!closed.isEmpty()) {
          String word = placed.block().direction() == Direction.INGRESS ? "ingress" : "egress";
          out.add(
              "PV211",
              placed.block().rules().getFirst().origin(),
              "%s has only deny rules for %s and closes it altogether for %s: no policy allows anything"
                  .formatted(placed.block().name(), word, Wording.list(closed)),
              Remedy.of("say that it does not isolate, or allow the rest"));
        }
      }
    }
  }

  private static boolean closed(Endpoint endpoint, Placed placed, Ground ground) {
    return ground.blocks().stream()
        .filter(b -> b.plane() == placed.plane())
        .filter(b -> b.block().direction() == placed.block().direction())
        .filter(b -> b.maySelect(endpoint))
        .flatMap(b -> b.block().rules().stream())
        .noneMatch(r -> r.action() != Action.DENY);
  }
}
