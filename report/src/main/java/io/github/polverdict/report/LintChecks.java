package io.github.polverdict.report;

import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintAnswer.Accepted;
import io.github.polverdict.questions.lint.LintAnswer.Problem;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import io.github.polverdict.questions.lint.catalogue.Entry;
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
import java.util.TreeSet;

/** Findings as checks: one for each, and one for each kind of finding of which there is none. */
final class LintChecks {
  private LintChecks() {}

  static Checks of(LintAnswer answer) {
    TreeSet<String> codes = new TreeSet<>();
    Catalogue.entries().stream().map(Entry::code).forEach(codes::add);
    answer.problems().forEach(p -> codes.add(p.code()));
    List<Check> out = new ArrayList<>();
    for (String code : codes) {
      List<Check> found = new ArrayList<>();
      answer.problems().stream()
          .filter(p -> p.code().equals(code))
          .map(p -> check(p, new Result.Failed(p.level(), p.message())))
          .forEach(found::add);
      answer.accepted().stream()
          .filter(a -> a.problem().code().equals(code))
          .map(LintChecks::accepted)
          .forEach(found::add);
      if (found.isEmpty()) {
        About nothing = new About(code, "", Optional.empty());
        found.add(
            new Check(
                rule(code, Level.INFO),
                named(code),
                nothing,
                Check.PASSED,
                "ok",
                List.of(),
                Duration.ZERO));
      }
      out.addAll(found);
    }
    return new Checks("lint", answer.source(), out);
  }

  private static Check accepted(Accepted accepted) {
    Problem problem = accepted.problem();
    return check(
        problem,
        new Result.Accepted(
            problem.level(),
            problem.message(),
            new Acceptance(accepted.reason(), accepted.until(), true)));
  }

  private static Check check(Problem problem, Result result) {
    String name = named(problem.code());
    List<Term> details = new ArrayList<>();
    if (!problem.remedy().says().isEmpty()) {
      details.add(new Term(Check.FIX, problem.remedy().says()));
    }
    return new Check(
        rule(problem.code(), problem.level()),
        problem.object().isEmpty() ? name : name + ": " + problem.object(),
        new About(problem.code(), problem.object(), Optional.of(problem.origin())),
        result,
        problem.level().toString(),
        details,
        Duration.ZERO);
  }

  /** {@code PV203 slug}. */
  private static String named(String code) {
    return Catalogue.of(code).map(e -> code + " " + e.slug()).orElse(code);
  }

  private static Rule rule(String code, Level level) {
    String page = LintReport.page(code);
    return Catalogue.of(code)
        .map(e -> new Rule(code, e.slug(), e.title(), e.why(), e.help(), e.level(), page))
        .orElseGet(() -> new Rule(code, "", "", "", "", level, page));
  }
}
