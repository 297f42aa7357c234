package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a verdict rests on: its outcome and the element that decided at each gate. Verdicts with
 * equal grounds stand or fall together.
 */
record Grounds(List<Object> elements) {
  static Grounds of(Verdict verdict) {
    List<Object> out = new ArrayList<>();
    out.add(verdict.outcome());
    verdict.unrouted().ifPresent(out::add);
    for (PathVerdict path : verdict.paths()) {
      for (GateVerdict gate : path.gates()) {
        out.add(gate.gate());
        out.add(gate.decision().getClass());
        out.add(origins(gate.decision()));
      }
    }
    return new Grounds(out);
  }

  private static Set<Origin> origins(Decision decision) {
    return switch (decision) {
      case Decision.ByRule rule -> Set.of(rule.rule().origin());
      case Decision.ByIsolation isolation ->
          isolation.isolating().isEmpty()
              ? Set.of()
              : Set.of(isolation.isolating().getFirst().origin());
      case Decision.Bypassed bypassed -> Set.of(bypassed.passage().origin());
      case Decision.NoRoute noRoute -> Set.of(noRoute.origin());
      case Decision.ByNothing _, Decision.NeverLeaves _, Decision.Undecided _ -> Set.of();
    };
  }
}
