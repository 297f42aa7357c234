package io.github.polverdict.report;

import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what differs as a comment on a pull request: what and why at a glance, the flows below.
 */
final class DiffMarkdown {
  private DiffMarkdown() {}

  static void write(DiffAnswer answer, Markdown out) {
    out.heading(2, answer.a().name() + " and " + answer.b().name());
    out.paragraph(DiffReport.summary(answer) + ".");
    out.table(
        List.of("cause", "opened", "closed", "known or unknown"),
        answer.groups().stream().map(DiffMarkdown::row).toList());
    int number = 0;
    for (Group group : answer.groups()) {
      int count = group.changes().size();
      String flows = count + (count == 1 ? " change" : " changes");
      out.details(
          ++number + ". " + DiffReport.title(group) + ": " + flows, () -> group(group, out));
    }
    only(answer.a().name(), answer.onlyInA(), out);
    only(answer.b().name(), answer.onlyInB(), out);
    out.table(
        List.of("accepted", "changes", "because"),
        answer.accepted().stream()
            .map(
                a -> List.of(a.covers(), Integer.toString(a.changes().size()), DiffPage.because(a)))
            .toList());
    if (!answer.allCausesSought()) {
      out.paragraph(
          "The search for causes stopped after "
              + answer.tried()
              + " mixed clusters; more tries may find more, or fewer fields.");
    }
    out.items(
        Stream.of(answer.a(), answer.b())
            .flatMap(side ->
                ExplainReport.judged(side.pins()).stream()
                    .map(p -> side.name() + " judged as " + p))
            .toList());
  }

  private static List<String> row(Group group) {
    String first =
        group.causes().stream()
            .flatMap(c -> DiffPage.sentences(c).stream().limit(1))
            .collect(Collectors.joining("; "));
    return List.of(
        DiffReport.title(group) + (first.isEmpty() ? "" : ": " + first),
        count(group, What.OPENED),
        count(group, What.CLOSED),
        count(group, What.BECAME_UNKNOWN, What.BECAME_KNOWN));
  }

  private static String count(Group group, What... kinds) {
    List<What> wanted = List.of(kinds);
    return Long.toString(group.changes().stream().filter(c -> wanted.contains(c.what())).count());
  }

  private static void group(Group group, Markdown out) {
    List<String> causes = new ArrayList<>();
    group.causes().forEach(c -> causes.addAll(DiffPage.sentences(c)));
    group.others().forEach(o -> causes.add(DiffPage.other(o)));
    out.items(causes);
    group.causes().stream().flatMap(c -> c.remedy().stream()).forEach(out::verbatim);
    out.table(
        List.of("flow", "traffic", "change", "risk", "because"),
        group.changes().stream().map(DiffMarkdown::row).toList());
  }

  private static List<String> row(Change change) {
    return List.of(
        DiffReport.flow(change),
        Connections.all(change.traffic()),
        DiffReport.word(change.what()),
        DiffPage.risks(change),
        change.a().because() + "; then " + change.b().because());
  }

  private static void only(String name, List<Party> parties, Markdown out) {
    if (!parties.isEmpty()) {
      out.paragraph(
          "Only in "
              + name
              + ": "
              + parties.stream().map(Party::name).collect(Collectors.joining(", "))
              + ".");
    }
  }
}
