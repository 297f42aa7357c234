package io.github.polverdict.report;

import io.github.polverdict.questions.verify.Agreement;
import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer.Row;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes what packets did as a page: a table with a filter, in which each flow opens to its
 * explanation. Without scripts everything is there but the filter.
 */
final class VerifyPage {
  private VerifyPage() {}

  static void write(VerifyAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("verify", VerifyReport.headline(answer))
            .paragraph(
                VerifyReport.coverageLine(answer.coverage())
                    + ". "
                    + VerifyReport.counts(answer)
                    + ".")
            .items(answer.notes())
            .items(ExplainReport.judged(answer.standing().pins()))
            .filter(
                "flows",
                Stream.of(Agreement.values()).map(VerifyReport::word).toList(),
                answer.with(Agreement.CONTRADICTED).isEmpty()
                    ? ""
                    : VerifyReport.word(Agreement.CONTRADICTED))
            .table(
                List.of("flow", "predicted", "probed", "so"),
                answer.rows().stream().map(VerifyPage::line).toList());
    new Page("polverdict verify: " + answer.source(), body, "", List.of("filter.js")).write(out);
  }

  private static Line line(Row row) {
    List<Term> details = new ArrayList<>();
    details.add(new Term("said", row.predicted().because().sentence()));
    details.add(new Term("seen", VerifyReport.seen(row)));
    details.add(new Term("called", row.flow().call().at() + " as " + row.flow().call().via()));
    row.predicted()
        .quirks()
        .forEach(q -> details.add(new Term("rests on", q.quirk() + ": " + q.says())));
    row.observed().forEach(o -> details.add(new Term(o.source(), o.sign() + " " + o.detail())));
    row.explanation()
        .ifPresent(e -> {
          details.add(new Term("cause", e.cause().words() + ": " + e.sentence()));
          details.add(new Term("do", e.todo()));
        });
    String word = VerifyReport.word(row.agreement());
    return new Line(
        tone(row.agreement()),
        word,
        VerifyReport.name(row),
        details,
        List.of(row.predicted().outcome().name(), VerifyReport.sign(row), word));
  }

  private static Tone tone(Agreement agreement) {
    return switch (agreement) {
      case CONFIRMED -> Tone.GOOD;
      case CONTRADICTED -> Tone.BAD;
      case SETTLED, INCONCLUSIVE -> Tone.UNSURE;
      case UNTRIED -> Tone.PLAIN;
    };
  }
}
