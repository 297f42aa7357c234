package io.github.polverdict.questions.parity;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.verify.Alternative;
import io.github.polverdict.questions.words.Quirks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which rows of profiles a disagreement rests on: those that the decisions name, else those
 * without which an engine would do as another does. A rule that matches nothing names no row.
 */
final class Blame {
  private final List<Bench> benches;
  private final List<List<Alternative>> alternatives;
  private final Map<Alternative, Judge> judges = new HashMap<>();

  Blame(List<Bench> benches, List<List<Alternative>> alternatives) {
    this.benches = benches;
    this.alternatives = alternatives;
  }

  /** The rows for each engine. */
  List<List<Origin.BuiltIn>> of(List<Optional<Verdict>> verdicts) {
    List<List<Origin.BuiltIn>> named =
        verdicts.stream().map(v -> v.map(Quirks::of).orElse(List.of())).toList();
    if (alternatives.isEmpty() || named.stream().anyMatch(n -> !n.isEmpty())) {
      return named;
    }
    Set<Outcome> outcomes = new HashSet<>();
    verdicts.forEach(v -> v.map(Verdict::outcome).ifPresent(outcomes::add));
    List<List<Origin.BuiltIn>> out = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      int engine = i;
      out.add(verdicts.get(i).map(v -> tried(engine, v, outcomes)).orElse(List.of()));
    }
    return out;
  }

  /** The rows of an engine that, the other way, give an outcome that another engine has. */
  private List<Origin.BuiltIn> tried(int engine, Verdict verdict, Set<Outcome> outcomes) {
    String dialect =
        benches.get(engine).model().pins().stream().findFirst().map(Pin::dialect).orElse("");
    List<Origin.BuiltIn> out = new ArrayList<>();
    for (Alternative one : alternatives.get(engine)) {
      Optional<Alternative.Row> row = one.row().filter(Alternative.Row::holds);
      if (row.isPresent()) {
        Outcome other =
            judges.computeIfAbsent(one, r -> r.judge().get()).judge(verdict.flow()).outcome();
        if (other != verdict.outcome() && other != Outcome.UNKNOWN && outcomes.contains(other)) {
          out.add(new Origin.BuiltIn(dialect, one.id(), row.get().says()));
        }
      }
    }
    out.sort(Quirks.ORDER);
    return out;
  }
}
