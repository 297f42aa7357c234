package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Accepted;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.Other;
import io.github.polverdict.questions.diff.DiffAnswer.Seen;
import io.github.polverdict.questions.diff.DiffAnswer.Side;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what differs as a page: a section for each cause, in which each change says why. */
final class DiffPage {
  private DiffPage() {}

  static void write(DiffAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("diff", answer.a().name() + " and " + answer.b().name())
            .paragraph(DiffReport.summary(answer) + ".")
            .filter("changes", kinds(answer));
    int number = 0;
    for (Group group : answer.groups()) {
      body.fragment("<section>\n").heading(++number + ". " + DiffReport.title(group));
      body.items(group.causes().stream().flatMap(c -> DiffPage.sentences(c).stream()).toList());
      group.causes().stream().flatMap(c -> c.remedy().stream()).forEach(body::verbatim);
      body.items(group.others().stream().map(DiffPage::other).toList());
      body.table(
              List.of("flows", "traffic", "change"),
              group.changes().stream().map(DiffPage::line).toList())
          .fragment("</section>\n");
    }
    accepted(answer, body);
    only("Only in " + answer.a().name(), answer.onlyInA(), body);
    only("Only in " + answer.b().name(), answer.onlyInB(), body);
    if (!answer.unmatched().isEmpty()) {
      body.heading("Without a counterpart")
          .items(answer.unmatched().stream().map(Standing::line).toList());
    }
    if (!answer.allCausesSought()) {
      body.paragraph(
          "The search for causes stopped after "
              + answer.tried()
              + " mixed clusters; more tries may find more, or fewer fields.");
    }
    for (Side side : List.of(answer.a(), answer.b())) {
      body.heading(side.name());
      Standing.html(side.pins(), side.missing(), side.findings(), body);
    }
    String title = "polverdict diff: " + answer.a().name() + " and " + answer.b().name();
    new Page(title, body, "", List.of("filter.js")).write(out);
  }

  /** {@code enough as well for 3 of them: NetworkPolicy shop/web}. */
  static String other(Other other) {
    return "enough as well for "
        + other.changes()
        + " of them: "
        + other.causes().stream().map(c -> c.input().name()).collect(Collectors.joining(" and "));
  }

  private static void accepted(DiffAnswer answer, Html body) {
    for (Accepted accepted : answer.accepted()) {
      body.fragment("<section>\n")
          .heading("Accepted: " + accepted.covers())
          .paragraph(because(accepted))
          .table(
              List.of("flows", "traffic", "change"),
              accepted.changes().stream().map(DiffPage::line).toList())
          .fragment("</section>\n");
    }
  }

  /** {@code by payments until 2027-01-31: migration}. */
  static String because(Accepted accepted) {
    return "by "
        + accepted.exemption().owner()
        + " until "
        + accepted.exemption().expires()
        + ": "
        + accepted.exemption().reason();
  }

  private static List<String> kinds(DiffAnswer answer) {
    return answer.groups().stream()
        .flatMap(g -> g.changes().stream())
        .map(c -> DiffReport.word(c.what()))
        .distinct()
        .sorted()
        .toList();
  }

  private static void only(String title, List<Party> parties, Html body) {
    if (!parties.isEmpty()) {
      body.heading(title).items(parties.stream().map(Party::name).toList());
    }
  }

  /** What differs in a cause, and where it stands. */
  static List<String> sentences(Cause cause) {
    List<String> out = new ArrayList<>();
    String a = DiffReport.orAbsent(cause.inA());
    String b = DiffReport.orAbsent(cause.inB());
    if (!a.equals(b)) {
      out.add(a + " → " + b);
    }
    boolean placed = cause.differences().stream().anyMatch(d -> d.originA().isPresent());
    for (Difference one : cause.differences()) {
      out.add(one.says() + (placed ? places(" ", one.originA(), one.originB()) : ""));
    }
    String whole = places("", cause.originA(), cause.originB());
    if (!placed && !whole.isEmpty()) {
      out.add(whole);
    }
    return out;
  }

  private static String places(String before, Optional<Origin> a, Optional<Origin> b) {
    String both =
        Stream.of(a, b)
            .flatMap(o -> o.map(Origin::text).stream())
            .distinct()
            .collect(Collectors.joining(" and "));
    return both.isEmpty() ? "" : before + "at " + both;
  }

  private static Line line(Change change) {
    Tone tone =
        switch (change.what()) {
          case OPENED -> Tone.GOOD;
          case CLOSED -> Tone.BAD;
          case BECAME_UNKNOWN, BECAME_KNOWN -> Tone.UNSURE;
        };
    String word = DiffReport.word(change.what());
    List<Term> details = new ArrayList<>();
    details.add(new Term("in A", seen(change.a())));
    details.add(new Term("in B", seen(change.b())));
    if (!change.risks().isEmpty()) {
      details.add(new Term("risk", risks(change)));
    }
    return new Line(
        tone,
        word,
        DiffReport.flow(change),
        details,
        List.of(Connections.all(change.traffic()), word));
  }

  /** {@code outside, across tenants}. */
  static String risks(Change change) {
    return change.risks().stream()
        .map(r -> r.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  private static String seen(Seen seen) {
    return seen.outcome()
        + ": "
        + seen.because()
        + seen.origin().map(o -> "\nat " + o.text()).orElse("")
        + seen.doubts().stream().map(d -> "\nnot known: " + d.text()).collect(Collectors.joining());
  }
}
