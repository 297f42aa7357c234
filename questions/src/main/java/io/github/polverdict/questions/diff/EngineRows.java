package io.github.polverdict.questions.diff;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.DiffAnswer.Detail;
import io.github.polverdict.questions.words.Suspects;
import io.github.polverdict.questions.words.Suspects.Suspect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names the rows of profiles that a change of an engine acts by. */
final class EngineRows {
  private final Exchange exchange;
  private final Map<Ingredient, List<Exchange.Row>> known = new HashMap<>();
  private final Suspects suspects = new Suspects();

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
    List<Suspect<Detail>> all = new ArrayList<>();
    for (Exchange.Row row : known.computeIfAbsent(input, exchange::rows)) {
      Verdict own = row.ofA() ? a.get() : b.get();
      Outcome wanted = (row.ofA() ? b.get() : a.get()).outcome();
      Detail detail = new Detail(input, row.says());
      all.add(new Suspect<>(detail, row.id(), row.otherwise(), own, Set.of(wanted)));
    }
    return suspects.guilty(all);
  }
}
