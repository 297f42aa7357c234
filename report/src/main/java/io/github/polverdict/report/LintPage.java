package io.github.polverdict.report;

import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintAnswer.Problem;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.questions.lint.checks.Remedy.Patch;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Writes findings as a page: each opens to its reason, its place and what to do. */
final class LintPage {
  private LintPage() {}

  static void write(LintAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("lint", "Findings in " + answer.source())
            .paragraph(LintReport.summary(answer) + ".")
            .filter(
                "findings",
                answer.problems().stream().map(p -> p.level().toString()).distinct().toList())
            .table(
                List.of("finding", "code", "severity"),
                answer.problems().stream().map(p -> line(p, List.of())).toList());
    if (!answer.accepted().isEmpty()) {
      body.heading("Accepted")
          .table(
              List.of("finding", "code", "severity"),
              answer.accepted().stream()
                  .map(a ->
                      line(
                          a.problem(),
                          List.of(new Term("accepted", a.reason()), new Term("until", a.until()))))
                  .toList());
    }
    Standing.html(answer.pins(), answer.missing(), answer.findings(), body);
    new Page("polverdict lint: " + answer.source(), body, "", List.of("filter.js")).write(out);
  }

  private static Line line(Problem problem, List<Term> accepted) {
    List<Term> details = new ArrayList<>();
    details.add(new Term("at", LintReport.place(problem)));
    Catalogue.of(problem.code()).ifPresent(e -> details.add(new Term("why", e.why())));
    if (!problem.remedy().says().isEmpty()) {
      details.add(new Term("fix", problem.remedy().says()));
    }
    problem.remedy().patch().ifPresent(p -> details.add(new Term("patch", patch(p))));
    details.addAll(accepted);
    String level = problem.level().toString();
    return new Line(
        tone(problem.level()), level, problem.message(), details, List.of(problem.code(), level));
  }

  private static String patch(Patch patch) {
    return switch (patch) {
      case Patch.Add(String manifest) -> manifest;
      case Patch.Change(String object, String json) ->
          LintReport.command(object) + " --type=json -p '" + json + "'";
    };
  }

  private static Tone tone(Level level) {
    return switch (level) {
      case CRITICAL, HIGH -> Tone.BAD;
      case MEDIUM, LOW -> Tone.UNSURE;
      case INFO -> Tone.PLAIN;
    };
  }
}
