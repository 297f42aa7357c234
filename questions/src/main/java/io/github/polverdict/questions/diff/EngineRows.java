package io.github.polverdict.questions.diff;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.DiffAnswer.Detail;
import io.github.polverdict.questions.words.Quirks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names the rows of profiles that a change of an engine acts by: those that the decisions name,
 * else those without which one engine would do as the other does.
 */
final class EngineRows {
  private final Exchange exchange;
  private final Map<Ingredient, List<Exchange.Row>> known = new HashMap<>();
  private final Map<Exchange.Row, Judge> judges = new HashMap<>();

  EngineRows(Exchange exchange) {
    this.exchange = exchange;
  }

  static boolean isEngine(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING -> true;
      case READABLE, CONFIGURATION, NODES, NAMESPACE, POLICY, SERVICE, WORKLOAD -> false;
    };
  }

  /** The rows by which an input makes a flow come out otherwise; none when it is no engine. */
  List<Detail> of(Ingredient input, Optional<Verdict> a, Optional<Verdict> b) {
    if (!isEngine(input) || a.isEmpty() || b.isEmpty()) {
      return List.of();
    }
    List<Exchange.Row> rows = known.computeIfAbsent(input, exchange::rows);
    List<Detail> named = new ArrayList<>();
    List<Detail> tried = new ArrayList<>();
    for (Exchange.Row row : rows) {
      Verdict own = row.ofA() ? a.get() : b.get();
      if (Quirks.of(own).stream().map(Origin.BuiltIn::quirk).anyMatch(row.id()::equals)) {
        named.add(new Detail(input, row.says()));
      }
    }
    if (!named.isEmpty()) {
      return named;
    }
    for (Exchange.Row row : rows) {
      Outcome wanted = (row.ofA() ? b.get() : a.get()).outcome();
      Verdict own = row.ofA() ? a.get() : b.get();
      Judge otherwise = judges.computeIfAbsent(row, r -> r.otherwise().get());
      if (otherwise.judge(own.flow()).outcome() == wanted) {
        tried.add(new Detail(input, row.says()));
      }
    }
    return tried;
  }
}
