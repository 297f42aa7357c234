package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.BaselineAnswer.Notice;
import io.github.polverdict.questions.baseline.BaselineAnswer.Proof;
import io.github.polverdict.questions.baseline.BaselineAnswer.Row;
import io.github.polverdict.questions.baseline.BaselineAnswer.Sort;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.report.Check.About;
import io.github.polverdict.report.Check.Acceptance;
import io.github.polverdict.report.Check.Result;
import io.github.polverdict.report.Check.Rule;
import io.github.polverdict.report.page.Html.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Demands of a baseline as checks: one for each item of each namespace, and for ended exceptions.
 */
final class BaselineChecks {
  private static final String PAGE = "docs/guide/baseline.md";

  private BaselineChecks() {}

  static Checks of(BaselineAnswer answer) {
    List<Check> out = new ArrayList<>(answer.rows().stream().map(BaselineChecks::check).toList());
    answer.notices().stream()
        .filter(n -> n.sort() == Sort.EXPIRED)
        .map(BaselineChecks::ended)
        .forEach(out::add);
    return new Checks(
        "baseline check", answer.source(), out, List.of(new Term("baseline", answer.baseline())));
  }

  private static Check check(Row row) {
    String demand = row.item().key() + ": " + BaselineReport.word(row);
    String where = row.namespace().isEmpty() ? "cluster" : row.namespace();
    Rule rule =
        new Rule(
            "baseline/" + row.item().key(),
            row.item().key(),
            "A namespace does not have the default that the baseline demands: " + row.item().key(),
            "",
            "polverdict baseline generate writes what is missing",
            Level.HIGH,
            PAGE);
    About about =
        new About(
            "baseline." + where,
            row.namespace().isEmpty() ? "" : "Namespace " + row.namespace(),
            row.proofs().stream().findFirst().flatMap(Proof::origin).map(Origin::place));
    return new Check(
        rule,
        where + " " + demand,
        about,
        result(row),
        BaselineReport.status(row),
        details(row),
        Duration.ZERO);
  }

  private static Result result(Row row) {
    String why = row.proofs().stream().findFirst().map(BaselineChecks::line).orElse(row.says());
    return switch (row.status()) {
      case MET -> Check.PASSED;
      case UNMET ->
          row.waived().isPresent() ? waived(row, why) : new Result.Failed(Level.HIGH, why);
      case UNKNOWN -> row.waived().isPresent() ? waived(row, why) : new Result.Skipped(why);
      case NOTHING_TO_CHECK -> new Result.Nothing(row.says());
    };
  }

  private static Result waived(Row row, String why) {
    Acceptance by =
        row.waived()
            .map(w -> new Acceptance(w.owner() + ": " + w.reason(), w.expires().toString(), false))
            .orElseThrow();
    return new Result.Accepted(Level.HIGH, why, by);
  }

  private static String line(Proof proof) {
    return proof.flow() + " is " + proof.outcome() + ": " + proof.because();
  }

  private static List<Term> details(Row row) {
    List<Term> out = new ArrayList<>();
    if (!row.says().isEmpty() && !row.proofs().isEmpty()) {
      out.add(new Term("says", row.says()));
    }
    row.proofs().stream().skip(1).forEach(p -> out.add(new Term("and", line(p))));
    return out;
  }

  private static Check ended(Notice notice) {
    Rule rule =
        new Rule(
            "baseline/exception",
            "exception",
            "An exception of the baseline has ended",
            "",
            "prolong it with its owner, or take it away",
            Level.MEDIUM,
            PAGE);
    return new Check(
        rule,
        "exception: " + notice.says(),
        new About("baseline.exceptions", "", Optional.of(notice.origin())),
        new Result.Failed(Level.MEDIUM, notice.says()),
        "ended",
        List.of(),
        Duration.ZERO);
  }
}
