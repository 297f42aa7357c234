package io.github.polverdict.report;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.explain.ExplainManyAnswer.Row;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the verdicts of many flows. */
final class ExplainManyReport {
  private static final String REFUSED = "NOT UNDERSTOOD";

  private ExplainManyReport() {}

  static Tree tree(ExplainManyAnswer answer) {
    return Tree.answer("explain-flows")
        .put(
            "flows",
            answer.rows(),
            row ->
                Tree.map()
                    .put("from", row.from())
                    .put("to", row.to())
                    .put("verdict", row.verdict())
                    .put("egress", row.egress())
                    .put("ingress", row.ingress())
                    .put("because", row.because())
                    .put("doubts", row.doubts(), Tree::doubt)
                    .put("refused", row.refusals().stream().map(r -> r.message()).toList()))
        .put("pins", answer.pins(), Tree::pin);
  }

  static void csv(ExplainManyAnswer answer, Writer out) {
    Serial.csv(out, "from", "to", "verdict", "egress", "ingress", "because");
    for (Row row : answer.rows()) {
      Serial.csv(
          out,
          row.from(),
          row.to(),
          word(row),
          outcome(row.egress()),
          outcome(row.ingress()),
          row.because());
    }
  }

  static void text(ExplainManyAnswer answer, Lines out) {
    List<List<String>> rows = new ArrayList<>();
    for (Row row : answer.rows()) {
      String verdict = row.verdict().map(v -> out.palette().outcome(v)).orElse(REFUSED);
      rows.add(List.of(verdict, row.from() + " -> " + row.to(), row.because()));
    }
    out.table("", rows);
    ExplainReport.judged(answer.pins()).forEach(p -> out.entry("judged", p));
  }

  static String word(Row row) {
    return row.verdict().map(Outcome::name).orElse(REFUSED);
  }

  private static String outcome(Optional<Outcome> outcome) {
    return outcome.map(Outcome::name).orElse("");
  }
}
