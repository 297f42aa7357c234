package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.questions.words.Reasons;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** PV905: policies under a doubt. */
final class Doubtful implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    Set<Origin> refused = new HashSet<>(); // said already, with what is wrong
    ground.bench().findings().stream()
        .filter(f -> f.severity() == Severity.ERROR)
        .forEach(f -> refused.add(f.origin().place()));
    for (Placed placed : ground.blocks()) {
      if (refused.contains(placed.block().origin().place())) {
        continue;
      }
      if (!placed.sure()) {
        report(placed, placed.block().origin(), placed.block().onlyIf(), out);
        continue;
      }
      for (Rule rule : placed.block().rules()) {
        report(placed, rule.origin(), rule.onlyIf(), out);
        for (PeerSpec peer : rule.peers()) {
          if (peer instanceof PeerSpec.Runtime(var _, var _, Doubt doubt)) {
            report(placed, rule.origin(), List.of(doubt), out);
          }
        }
      }
    }
  }

  private static void report(Placed placed, Origin place, List<Doubt> doubts, Sink out) {
    if (!doubts.isEmpty()) {
      out.add(
          "PV905",
          place,
          "not all is known of %s: %s".formatted(placed.block().name(), Reasons.doubts(doubts)),
          Remedy.of("find out what is missing; until then flows that it touches are UNKNOWN"));
    }
  }
}
