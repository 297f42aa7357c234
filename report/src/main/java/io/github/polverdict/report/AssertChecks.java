package io.github.polverdict.report;

import io.github.polverdict.questions.expectation.AssertAnswer;
import io.github.polverdict.questions.expectation.AssertAnswer.Result;
import io.github.polverdict.questions.expectation.AssertAnswer.Row;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.report.Check.About;
import io.github.polverdict.report.Check.Rule;
import io.github.polverdict.report.page.Html.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Expectations as checks, each at its line: one that tests nothing is broken. */
final class AssertChecks {
  private static final Rule RULE =
      new Rule(
          "assert",
          "expectation",
          "An expectation of who reaches whom does not hold",
          "",
          "the message says which policy or quirk is to blame",
          Level.HIGH,
          "docs/guide/assert.md");

  private AssertChecks() {}

  static Checks of(AssertAnswer answer) {
    return new Checks(
        "assert", answer.source(), answer.rows().stream().map(AssertChecks::check).toList());
  }

  private static Check check(Row row) {
    String because = AssertReport.because(row);
    List<Term> details = new ArrayList<>();
    details.add(new Term("expected", row.wanted() + " " + row.words()));
    details.add(new Term("covers", AssertReport.covered(row)));
    row.notes().forEach(n -> details.add(new Term("note", n)));
    row.example()
        .map(e -> "polverdict explain --from " + e.asked().from() + " --to " + e.asked().to())
        .ifPresent(more -> details.add(new Term("more", more)));
    return new Check(
        RULE,
        row.name(),
        new About("assert", "", Optional.of(row.origin())),
        switch (row.result()) {
          case HOLDS -> Check.PASSED;
          case FAILS -> new Check.Result.Failed(Level.HIGH, row.wanted() + " expected: " + because);
          case EMPTY -> new Check.Result.Broken(because);
          case UNKNOWN -> new Check.Result.Skipped(because);
        },
        word(row.result()),
        details,
        Duration.ZERO);
  }

  private static String word(Result result) {
    return result == Result.EMPTY ? "tests nothing" : result.name().toLowerCase(Locale.ROOT);
  }
}
