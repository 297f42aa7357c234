package io.github.polverdict.questions.lint;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.lint.LintAnswer.Accepted;
import io.github.polverdict.questions.lint.LintAnswer.Problem;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import io.github.polverdict.questions.lint.catalogue.Entry;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.questions.lint.checks.Checks;
import io.github.polverdict.questions.lint.checks.Found;
import io.github.polverdict.questions.lint.checks.Remedy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is wrong with the policies here?
 *
 * @param select codes, or beginnings of codes, that are told; empty for all
 * @param ignore codes, or beginnings of codes, that are not told
 * @param today the day by which acceptances end
 */
public record LintQuestion(List<String> select, List<String> ignore, LocalDate today) {
  private static final Comparator<Origin> BY_PLACE =
      Comparator.comparing((Origin o) -> o instanceof Origin.InFile f ? f.path() : "")
          .thenComparing(o -> o instanceof Origin.InFile f ? f.line() : 0)
          .thenComparing(o -> o instanceof Origin.InFile f ? f.column() : 0)
          .thenComparing(Origin::text);
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::level)
          .thenComparing(Problem::code)
          .thenComparing((a, b) -> BY_PLACE.compare(a.origin().place(), b.origin().place()))
          .thenComparing(Problem::message);

  public LintQuestion {
    select = List.copyOf(select);
    ignore = List.copyOf(ignore);
  }

  /** Asks for everything. */
  public static LintQuestion all(LocalDate today) {
    return new LintQuestion(List.of(), List.of(), today);
  }

  public LintAnswer ask(Bench bench) {
    List<Problem> problems = new ArrayList<>();
    Checks.of(bench).forEach(f -> problems.add(problem(f)));
    bench.findings().stream()
        .filter(f -> Catalogue.of(f.code()).isEmpty())
        .forEach(f -> problems.add(problem(f)));
    List<Acceptance> acceptances =
        bench.surroundings().waivers().stream().map(w -> Acceptance.of(w, today)).toList();
    List<Accepted> accepted = new ArrayList<>();
    Set<Acceptance> used = new HashSet<>();
    problems.removeIf(p -> {
      Optional<Acceptance> by = acceptances.stream().filter(a -> a.covers(p)).findFirst();
      by.ifPresent(used::add);
      by.filter(Acceptance::counts)
          .ifPresent(
              a -> accepted.add(new Accepted(p, a.reason(), a.until(), a.waiver().origin())));
      return by.filter(Acceptance::counts).isPresent();
    });
    acceptances.forEach(a -> invalid(a, used.contains(a)).ifPresent(problems::add));
    problems.removeIf(p -> !told(p.code()));
    accepted.removeIf(a -> !told(a.problem().code()));
    problems.sort(ORDER);
    accepted.sort((a, b) -> ORDER.compare(a.problem(), b.problem()));
    return new LintAnswer(
        bench.name(),
        problems,
        accepted,
        bench.model().pins(),
        bench.inventory().missing(),
        bench.findings());
  }

  private boolean told(String code) {
    return (select.isEmpty() || select.stream().anyMatch(code::startsWith))
        && ignore.stream().noneMatch(code::startsWith);
  }

  private static Problem problem(Found found) {
    String title = Catalogue.of(found.code()).map(Entry::title).orElse("");
    return new Problem(
        found.code(),
        found.level(),
        title,
        found.message(),
        found.object(),
        found.origin(),
        found.remedy());
  }

  /** A problem of the input: without it, the answer may be another. */
  private static Problem problem(Finding finding) {
    Level level =
        switch (finding.severity()) {
          case ERROR -> Level.HIGH;
          case WARNING -> Level.MEDIUM;
          case NOTE -> Level.INFO;
        };
    return new Problem(
        finding.code(),
        level,
        "",
        finding.message(),
        Found.object(finding.origin()),
        finding.origin(),
        new Remedy(finding.help(), Optional.empty()));
  }

  private static Optional<Problem> invalid(Acceptance acceptance, boolean used) {
    if (acceptance.counts() && used) {
      return Optional.empty();
    }
    Entry entry = Catalogue.of("PV703").orElseThrow();
    String code = acceptance.waiver().code();
    String says =
        acceptance.counts()
            ? "the suppression of %s is not needed: there is no such finding".formatted(code)
            : "the suppression of %s does not count: %s".formatted(code, acceptance.wrong());
    return Optional.of(
        new Problem(
            entry.code(),
            acceptance.counts() ? Level.LOW : entry.level(),
            entry.title(),
            says,
            acceptance.waiver().object(),
            acceptance.waiver().origin(),
            new Remedy(
                acceptance.counts()
                    ? "remove the annotation"
                    : "renew the day if the reason still holds, or remove the annotation",
                Optional.empty())));
  }
}
