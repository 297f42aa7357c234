package io.github.polverdict.report;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintAnswer.Problem;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.questions.lint.checks.Remedy.Patch;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what is wrong with the policies of a cluster. */
final class LintReport {
  private LintReport() {}

  static Tree tree(LintAnswer answer) {
    return Tree.answer("lint")
        .put("source", answer.source())
        .put("problems", answer.problems(), LintReport::problem)
        .put(
            "accepted",
            answer.accepted(),
            a ->
                problem(a.problem())
                    .put("reason", a.reason())
                    .put("until", a.until())
                    .put("acceptedAt", Tree.origin(a.origin())))
        .standing(answer.pins(), answer.missing(), answer.findings());
  }

  private static Tree problem(Problem problem) {
    Tree out =
        Tree.map()
            .put("code", problem.code())
            .put("severity", problem.level().toString())
            .put("title", problem.title())
            .put("message", problem.message())
            .put("object", problem.object())
            .put("origin", Tree.origin(problem.origin()))
            .put("help", problem.remedy().says())
            .put("page", page(problem.code()));
    problem
        .remedy()
        .patch()
        .ifPresent(patch ->
            out.put(
                "patch",
                switch (patch) {
                  case Patch.Add(String manifest) ->
                      Tree.map().put("kind", "add").put("manifest", manifest);
                  case Patch.Change(String object, String json) ->
                      Tree.map().put("kind", "change").put("object", object).put("json", json);
                }));
    return out;
  }

  /** Where the page of a finding is, from the project's root. */
  static String page(String code) {
    return "docs/findings/" + code + ".md";
  }

  static void csv(LintAnswer answer, Writer out) {
    Serial.csv(out, "code", "severity", "object", "message", "place", "help", "accepted");
    answer.problems().forEach(p -> csv(p, "", out));
    answer
        .accepted()
        .forEach(a -> csv(a.problem(), a.reason() + " (until " + a.until() + ")", out));
  }

  private static void csv(Problem problem, String accepted, Writer out) {
    Serial.csv(
        out,
        problem.code(),
        problem.level().toString(),
        problem.object(),
        problem.message(),
        problem.origin().text(),
        problem.remedy().says(),
        accepted);
  }

  static void text(LintAnswer answer, Lines out) {
    Palette palette = out.palette();
    for (Problem problem : answer.problems()) {
      out.line(
          level(problem.level(), palette)
              + " "
              + palette.strong(problem.code())
              + "  "
              + problem.message());
      out.entry("at", place(problem));
      if (!problem.remedy().says().isEmpty()) {
        out.entry("fix", problem.remedy().says());
      }
      problem.remedy().patch().ifPresent(patch -> patch(patch, out));
    }
    if (!answer.problems().isEmpty()) {
      out.line("");
    }
    out.line(summary(answer));
    Standing.text(answer.missing(), out);
    ExplainReport.judged(answer.pins()).forEach(p -> out.entry("judged", p));
  }

  private static void patch(Patch patch, Lines out) {
    switch (patch) {
      case Patch.Add(String manifest) -> {
        out.entry("patch", "kubectl apply -f - <<EOF");
        manifest.lines().forEach(line -> out.line("           " + line));
        out.line("           EOF");
      }
      case Patch.Change(String object, String json) ->
          out.entry("patch", command(object) + " --type=json -p '" + json + "'");
    }
  }

  /** {@code kubectl patch networkpolicy -n shop web}. */
  static String command(String object) {
    String[] parts = object.split(" ", 2);
    String name = parts.length > 1 ? parts[1] : "";
    int slash = name.indexOf('/');
    String in = slash < 0 ? "" : " -n " + name.substring(0, slash);
    return "kubectl patch "
        + parts[0].toLowerCase(Locale.ROOT)
        + in
        + " "
        + name.substring(slash + 1);
  }

  static String place(Problem problem) {
    return problem.origin().place().text();
  }

  /** {@code 1 critical, 3 high; 2 accepted}. */
  static String summary(LintAnswer answer) {
    List<String> counts = new ArrayList<>();
    for (Level level : Level.values()) {
      long count = answer.problems().stream().filter(p -> p.level() == level).count();
      if (count > 0) {
        counts.add(count + " " + level);
      }
    }
    String found = counts.isEmpty() ? "nothing found" : String.join(", ", counts);
    int accepted = answer.accepted().size();
    return found + (accepted == 0 ? "" : "; " + accepted + " accepted");
  }

  private static String level(Level level, Palette palette) {
    return switch (level) {
      case CRITICAL, HIGH -> palette.outcome(Outcome.DENIED, level.toString());
      case MEDIUM, LOW -> palette.outcome(Outcome.UNKNOWN, level.toString());
      case INFO -> palette.faint(level.toString());
    };
  }

  static void markdown(LintAnswer answer, Markdown out) {
    out.heading(1, "Findings in " + answer.source());
    out.paragraph(summary(answer) + ".");
    out.table(
        List.of("finding", "severity", "what", "where", "what to do"),
        answer.problems().stream()
            .map(p ->
                List.of(
                    "[" + p.code() + "](" + page(p.code()) + ")",
                    p.level().toString(),
                    p.message(),
                    place(p),
                    p.remedy().says()))
            .toList());
    out.table(
        List.of("accepted", "where", "because", "until"),
        answer.accepted().stream()
            .map(a -> List.of(a.problem().code(), place(a.problem()), a.reason(), a.until()))
            .toList());
  }
}
