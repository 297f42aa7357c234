package io.github.polverdict.report;

import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Everything that a question looked at.
 *
 * @param question {@code baseline check}
 * @param properties what holds for all of it; may be empty
 */
record Checks(String question, String source, List<Check> all, List<Term> properties) {
  Checks {
    all = List.copyOf(all);
    properties = List.copyOf(properties);
  }

  Checks(String question, String source, List<Check> all) {
    this(question, source, all, List.of());
  }

  /** Those of which the result is of a kind. */
  long count(Class<? extends Check.Result> kind) {
    return all.stream().filter(c -> kind.isInstance(c.result())).count();
  }

  /** The same without what is as it should be. */
  Checks withoutPassed() {
    List<Check> rest =
        all.stream().filter(c -> !(c.result() instanceof Check.Result.Passed)).toList();
    return new Checks(question, source, rest, properties);
  }

  /** The fields that filter the table. */
  Html filter(String of, Html body) {
    return body.filter(of, sorted().stream().map(Check::word).distinct().toList());
  }

  /** A table of them that opens, those first that need somebody. */
  Html table(String what, Html body) {
    return body.table(List.of(what, "result"), sorted().stream().map(Checks::line).toList());
  }

  private List<Check> sorted() {
    return all.stream().sorted(Comparator.comparingInt(Check::order)).toList();
  }

  private static Line line(Check check) {
    List<Term> details = new ArrayList<>();
    if (!(check.result() instanceof Check.Result.Passed) && !check.message().isEmpty()) {
      details.add(new Term("because", check.message()));
    }
    details.addAll(check.details());
    if (check.result() instanceof Check.Result.Accepted accepted) {
      details.add(new Term("accepted", accepted.by().toString()));
    }
    check.about().origin().ifPresent(o -> details.add(new Term("at", o.place().text())));
    return new Line(check.tone(), check.word(), check.name(), details, List.of(check.word()));
  }
}
