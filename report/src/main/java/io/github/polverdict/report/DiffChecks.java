package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Accepted;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.What;
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
import java.util.stream.Stream;

/**
 * Differences as checks: one for each cause, at the line in the second cluster that is it, or else
 * in the first. What opens is an error, what closes a warning.
 */
final class DiffChecks {
  private static final int FLOWS = 5;
  private static final Rule RULE =
      new Rule(
          "diff/cause",
          "cause",
          "Flows come out differently because of this",
          "",
          "",
          Level.MEDIUM,
          "docs/guide/diff.md");

  private DiffChecks() {}

  static Checks of(DiffAnswer answer) {
    List<Check> out = new ArrayList<>();
    answer.groups().stream().filter(g -> !g.changes().isEmpty()).forEach(g -> out.add(check(g)));
    answer.accepted().forEach(a -> out.add(accepted(a)));
    if (out.isEmpty()) {
      out.add(
          new Check(
              RULE,
              DiffReport.summary(answer),
              new About("diff", "", Optional.empty()),
              Check.PASSED,
              "same",
              List.of(),
              Duration.ZERO));
    }
    return new Checks("diff", answer.a().name() + " and " + answer.b().name(), out);
  }

  private static Check check(Group group) {
    String title = DiffReport.title(group);
    int count = group.changes().size();
    String message =
        "%s, %d flow%s come%s out differently: %s"
            .formatted(
                title, count, count == 1 ? "" : "s", count == 1 ? "s" : "", first(group.changes()));
    List<Term> details = new ArrayList<>();
    group.causes().stream()
        .flatMap(c -> DiffPage.sentences(c).stream())
        .forEach(s -> details.add(new Term("differs", s)));
    DiffReport.sorted(group.changes())
        .limit(FLOWS)
        .forEach(c -> details.add(new Term("flow", line(c))));
    group.causes().stream()
        .flatMap(c -> c.remedy().stream())
        .forEach(r -> details.add(new Term("undo", r)));
    Optional<Origin.InFile> place = group.causes().stream().flatMap(DiffChecks::place).findFirst();
    return new Check(
        RULE,
        title,
        new About("diff", place.map(Origin.InFile::object).orElse(""), place.map(p -> p)),
        new Result.Failed(level(group.changes()), message),
        "differs",
        details,
        Duration.ZERO);
  }

  private static String first(List<Change> changes) {
    return DiffReport.sorted(changes).findFirst().map(DiffChecks::line).orElse("");
  }

  /** {@code shop/web -> data/db TCP 5432 opened}. */
  private static String line(Change change) {
    return DiffReport.flow(change)
        + " "
        + Connections.all(change.traffic())
        + " "
        + DiffReport.word(change.what());
  }

  /** Where a cause stands: the narrowest place, in the second cluster first, in files first. */
  private static Stream<Origin.InFile> place(Cause cause) {
    List<Origin> all = new ArrayList<>();
    cause.differences().stream().flatMap(d -> d.originB().stream()).forEach(all::add);
    cause.originB().ifPresent(all::add);
    cause.differences().stream().flatMap(d -> d.originA().stream()).forEach(all::add);
    cause.originA().ifPresent(all::add);
    return all.stream()
        .map(Origin::place)
        .filter(Origin.InFile.class::isInstance)
        .map(Origin.InFile.class::cast)
        .limit(1);
  }

  private static Level level(List<Change> changes) {
    boolean opened = changes.stream().anyMatch(c -> c.what() == What.OPENED);
    boolean closed = changes.stream().anyMatch(c -> c.what() == What.CLOSED);
    return opened ? Level.HIGH : closed ? Level.MEDIUM : Level.LOW;
  }

  private static Check accepted(Accepted accepted) {
    Acceptance by =
        new Acceptance(
            accepted.exemption().owner() + ": " + accepted.exemption().reason(),
            accepted.exemption().expires().toString(),
            false);
    return new Check(
        RULE,
        "accepted: " + accepted.covers(),
        new About("diff", "", Optional.of(accepted.exemption().origin())),
        new Result.Accepted(level(accepted.changes()), first(accepted.changes()), by),
        "accepted",
        List.of(),
        Duration.ZERO);
  }
}
