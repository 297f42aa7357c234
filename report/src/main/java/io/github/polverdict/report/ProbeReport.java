package io.github.polverdict.report;

import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.questions.probe.ProbeAnswer;
import io.github.polverdict.questions.probe.ProbeAnswer.Agreement;
import io.github.polverdict.questions.probe.ProbeAnswer.Row;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what was predicted beside what packets showed. */
final class ProbeReport {
  private ProbeReport() {}

  static Tree tree(ProbeAnswer answer) {
    return Tree.answer("probe")
        .put("from", answer.from())
        .put("to", answer.to())
        .put("trials", answer.rows(), ProbeReport::row)
        .put("pins", answer.pins(), Tree::pin);
  }

  private static Tree row(Row row) {
    Trial trial = row.predicted().trial();
    return Tree.map()
        .put("from", trial.flow().from().id())
        .put("to", to(trial))
        .put("via", row.predicted().via())
        .put("address", trial.at().toString())
        .put("protocol", trial.flow().protocol())
        .put("port", trial.flow().port())
        .put("predicted", row.predicted().outcome())
        .put("because", row.predicted().because())
        .put("sign", row.observed().sign())
        .put("detail", row.observed().detail())
        .put("tries", row.observed().tries())
        .put("milliseconds", Math.toIntExact(row.observed().took().toMillis()))
        .put("agreement", row.agreement());
  }

  private static String to(Trial trial) {
    return switch (trial.flow().to()) {
      case Flow.Target.ToEndpoint(var endpoint) -> endpoint.id();
      case Flow.Target.ToService(var service, var _) -> service.id();
    };
  }

  /** {@code shop/web-1 -> shop/db at 10.0.0.7:5432/tcp}. */
  static String name(Trial trial) {
    return trial.flow().from().id() + " -> " + to(trial) + " at " + called(trial);
  }

  private static String called(Trial trial) {
    String address = trial.at().toString();
    return (address.contains(":") ? "[" + address + "]" : address)
        + ":"
        + trial.flow().port()
        + "/"
        + trial.flow().protocol().name().toLowerCase(Locale.ROOT);
  }

  static void csv(ProbeAnswer answer, Writer out) {
    Serial.csv(out, "from", "to", "address", "predicted", "sign", "agreement", "detail");
    for (Row row : answer.rows()) {
      Trial trial = row.predicted().trial();
      Serial.csv(
          out,
          trial.flow().from().id(),
          to(trial),
          called(trial),
          row.predicted().outcome().name(),
          row.observed().sign().name(),
          row.agreement().name(),
          row.observed().detail());
    }
  }

  static void text(ProbeAnswer answer, Lines out) {
    Palette palette = out.palette();
    out.line(palette.strong(answer.from() + " -> " + answer.to()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "FROM", "TO", "CALLED", "PREDICTED", "PROBED", ""));
    for (Row row : answer.rows()) {
      Trial trial = row.predicted().trial();
      rows.add(
          List.of(
              mark(row.agreement(), palette),
              trial.flow().from().id(),
              to(trial),
              called(trial),
              palette.outcome(row.predicted().outcome()),
              palette.outcome(
                  row.observed().sign().outcome().orElse(Outcome.UNKNOWN),
                  row.observed().sign().name().replace('_', '-')),
              row.observed().detail()));
    }
    out.table(" ", rows);
    for (Row row : answer.rows()) {
      if (row.agreement() == Agreement.CONTRADICTED) {
        out.entry("predicted", called(row.predicted().trial()) + ": " + row.predicted().because());
      }
    }
    ExplainReport.judged(answer.pins()).forEach(p -> out.entry("judged", p));
  }

  static void markdown(ProbeAnswer answer, Markdown out) {
    out.heading(2, answer.from() + " -> " + answer.to());
    List<List<String>> rows = new ArrayList<>();
    for (Row row : answer.rows()) {
      Trial trial = row.predicted().trial();
      rows.add(
          List.of(
              trial.flow().from().id() + " -> " + to(trial),
              called(trial),
              row.predicted().outcome().name(),
              row.observed().sign().name(),
              mark(row.agreement(), Palette.PLAIN)));
    }
    out.table(List.of("flow", "called", "predicted", "probed", "so"), rows);
  }

  static String mark(Agreement agreement, Palette palette) {
    return switch (agreement) {
      case CONFIRMED -> palette.outcome(Outcome.ALLOWED, "confirmed");
      case CONTRADICTED -> palette.outcome(Outcome.DENIED, "CONTRADICTED");
      case NOT_PREDICTED -> palette.outcome(Outcome.UNKNOWN, "not predicted");
      case NOT_SEEN -> palette.outcome(Outcome.UNKNOWN, "not seen");
    };
  }
}
