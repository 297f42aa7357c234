package io.github.polverdict.report;

import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.questions.probe.ProbeAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer.Row;
import io.github.polverdict.report.Check.About;
import io.github.polverdict.report.Check.Result;
import io.github.polverdict.report.Check.Rule;
import io.github.polverdict.report.page.Html.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What packets did as checks of the predictions: one for each flow that was tried. */
final class VerifyChecks {
  private VerifyChecks() {}

  private static Rule rule(String question) {
    return new Rule(
        question + "/prediction",
        "prediction",
        "Packets did not do what was predicted",
        "what policies say is not what the cluster does",
        "the details name the cause and what to do",
        Level.HIGH,
        "docs/guide/" + question + ".md");
  }

  static Checks of(VerifyAnswer answer) {
    List<Term> properties = new ArrayList<>();
    properties.add(new Term("seed", Long.toString(answer.seed())));
    properties.add(new Term("coverage", VerifyReport.coverageLine(answer.coverage())));
    for (Map.Entry<String, Long> reason : answer.coverage().skipped().entrySet()) {
      properties.add(new Term("skipped: " + reason.getKey(), reason.getValue().toString()));
    }
    return new Checks(
        "verify",
        answer.source(),
        answer.rows().stream().map(VerifyChecks::check).toList(),
        properties);
  }

  private static Check check(Row row) {
    List<Term> details = new ArrayList<>();
    details.add(new Term("said", row.predicted().because().sentence()));
    details.add(new Term("seen", VerifyReport.seen(row)));
    row.explanation()
        .ifPresent(e -> {
          details.add(new Term("cause", e.cause().words() + ": " + e.sentence()));
          details.add(new Term("do", e.todo()));
        });
    return new Check(
        rule("verify"),
        VerifyReport.name(row),
        new About("verify", "", row.predicted().because().origin()),
        switch (row.agreement()) {
          case CONFIRMED, SETTLED -> Check.PASSED;
          case INCONCLUSIVE -> new Result.Skipped(VerifyReport.seen(row));
          case UNTRIED -> new Result.Nothing(VerifyReport.seen(row));
          case CONTRADICTED ->
              new Result.Failed(
                  Level.HIGH,
                  "predicted " + row.predicted().outcome() + ", seen " + VerifyReport.sign(row));
        },
        VerifyReport.word(row.agreement()),
        details,
        row.probed().map(p -> p.took()).orElse(Duration.ZERO));
  }

  static Checks of(ProbeAnswer answer) {
    return new Checks(
        "probe",
        answer.from() + " -> " + answer.to(),
        answer.rows().stream().map(VerifyChecks::check).toList());
  }

  private static Check check(ProbeAnswer.Row row) {
    List<Term> details = new ArrayList<>();
    details.add(new Term("said", row.predicted().outcome() + ": " + row.predicted().because()));
    String tries = row.observed().tries() > 1 ? " after " + row.observed().tries() + " tries" : "";
    String seen = row.observed().sign() + tries + " " + row.observed().detail();
    details.add(new Term("seen", seen.strip()));
    return new Check(
        rule("probe"),
        ProbeReport.name(row.predicted().trial()),
        new About("probe", "", Optional.empty()),
        switch (row.agreement()) {
          case CONFIRMED -> Check.PASSED;
          case NOT_PREDICTED, NOT_SEEN -> new Result.Skipped(seen.strip());
          case CONTRADICTED ->
              new Result.Failed(
                  Level.HIGH,
                  "predicted " + row.predicted().outcome() + ", seen " + row.observed().sign());
        },
        ProbeReport.mark(row.agreement(), Palette.PLAIN),
        details,
        row.observed().took());
  }
}
