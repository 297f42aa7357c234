package io.github.polverdict.lab.replay;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.workbench.Session;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to come of flows: what the model says of the lab as it stands, and the columns that speak
 * of what it runs: of its version, with settings that it has, and with all that were asked for.
 */
record Model(Session session, CniSpec engine, Map<String, String> settings) {

  static Model of(Session session, CniSpec engine) {
    Map<String, String> settings = new HashMap<>();
    session.engines().stream()
        .filter(s -> s.dialect().equals(engine.name()))
        .forEach(s -> settings.putAll(s.settings()));
    settings.putAll(engine.settings());
    return new Model(session, engine, settings);
  }

  Outcome verdict(Ends ends, Scenario.Row row) {
    ExplainQuestion question =
        new ExplainQuestion(ends.inLab(row.from()), ends.inLab(row.to()), "");
    return switch (question.ask(session)) {
      case Reply.Answered<ExplainAnswer>(ExplainAnswer answer) -> answer.verdict();
      case Reply.Refused<ExplainAnswer> _ -> Outcome.UNKNOWN;
    };
  }

  /** The row's column that says most of the lab, and of those one that agrees with the verdict. */
  Optional<String> column(Scenario.Row row, Outcome verdict) {
    List<String> ours =
        row.expected().keySet().stream()
            .filter(this::isOurs)
            .sorted(Comparator.comparingInt((String c) -> -CniSpec.parse(c).settings().size()))
            .toList();
    return ours.stream()
        .filter(c -> outcome(row, c).equals(verdict.name()))
        .findFirst()
        .or(() -> ours.stream().findFirst());
  }

  static String outcome(Scenario.Row row, String column) {
    Scenario.Cell cell = row.expected().get(column);
    return cell == null ? "UNKNOWN" : cell.outcome();
  }

  private boolean isOurs(String column) {
    CniSpec spec = CniSpec.parse(column);
    return spec.name().equals(engine.name())
        && settings.entrySet().containsAll(spec.settings().entrySet())
        && spec.settings().entrySet().containsAll(engine.settings().entrySet())
        && (spec.version().equals(engine.version())
            || (!engine.version().isEmpty() && spec.version().startsWith(engine.version() + ".")));
  }
}
