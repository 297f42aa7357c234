package io.github.polverdict.report;

import io.github.polverdict.questions.canary.CanaryAnswer;
import io.github.polverdict.questions.canary.CanaryAnswer.Row;
import io.github.polverdict.questions.canary.CanaryAnswer.Standing;
import io.github.polverdict.questions.canary.CanaryAnswer.Step;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.report.Check.About;
import io.github.polverdict.report.Check.Result;
import io.github.polverdict.report.Check.Rule;
import io.github.polverdict.report.page.Html.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A canary as checks: whether the cluster enforces policies, and what each step showed. */
final class CanaryChecks {
  private static final String PAGE = "docs/guide/canary.md";

  private CanaryChecks() {}

  static Checks of(CanaryAnswer answer) {
    List<Check> out = new ArrayList<>();
    out.add(whole(answer));
    answer.steps().forEach(s -> out.add(step(s)));
    return new Checks("canary", answer.run().place().cluster(), out);
  }

  private static Check whole(CanaryAnswer answer) {
    Rule rule =
        new Rule(
            "canary/enforcement",
            "enforcement",
            "The cluster does not enforce what policies say",
            "policies that nobody enforces protect nothing",
            "",
            Level.CRITICAL,
            PAGE);
    List<Term> details =
        new ArrayList<>(answer.lookAt().stream().map(l -> new Term("look at", l)).toList());
    details.add(new Term("engine", answer.engine().says() + ": " + CanaryReport.fit(answer)));
    Result result =
        switch (answer.result()) {
          case ENFORCED -> Check.PASSED;
          case UNDECIDED -> new Result.Skipped(answer.says());
          case PARTLY, NOT_ENFORCED, TOO_MUCH -> new Result.Failed(Level.CRITICAL, answer.says());
        };
    return new Check(
        rule,
        "the cluster enforces policies",
        about(),
        result,
        CanaryReport.word(answer),
        details,
        Duration.ZERO);
  }

  private static About about() {
    return new About("canary", "", Optional.empty());
  }

  private static Check step(Step step) {
    Rule rule =
        new Rule(
            "canary/step",
            "step",
            "Packets did not do what the policies of a step say",
            "",
            "",
            Level.HIGH,
            PAGE);
    List<Row> odd = step.rows().stream().filter(CanaryReport::odd).toList();
    boolean wrong = odd.stream().anyMatch(r -> r.standing() != Standing.NOT_KNOWN);
    List<Term> details =
        new ArrayList<>(
            step.rows().stream()
                .map(r -> new Term(r.seen().wire().text(), CanaryReport.cell(r)))
                .toList());
    String message =
        odd.stream()
            .findFirst()
            .map(r -> r.seen().wire().text() + ": " + CanaryReport.cell(r))
            .orElse("");
    Result result =
        wrong
            ? new Result.Failed(Level.HIGH, message)
            : odd.isEmpty() ? Check.PASSED : new Result.Skipped(message);
    String word = wrong ? "not as the policies say" : odd.isEmpty() ? "as expected" : "not known";
    return new Check(
        rule, step.id() + ": " + step.says(), about(), result, word, details, Duration.ZERO);
  }
}
