package io.github.polverdict.report;

import io.github.polverdict.questions.evidence.EvidenceAnswer;
import io.github.polverdict.questions.evidence.EvidenceAnswer.Summed;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.List;

/** Writes what a pack of evidence holds as a page, the files with their sums. */
final class EvidencePage {
  private EvidencePage() {}

  static void write(EvidenceAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("evidence", "What NetworkPolicies do in " + answer.source())
            .paragraph(answer.created() + " by polverdict " + answer.version());
    answer.commit().ifPresent(c -> body.paragraph("commit " + c));
    if (!answer.shortfalls().isEmpty()) {
      body.heading("What it lacks").items(answer.shortfalls());
    }
    body.filter("files", List.of("in the pack", "input"))
        .heading("In the pack")
        .table(
            List.of("file", "what", "bytes"),
            answer.exhibits().stream().map(e -> line("in the pack", e.file(), e.what())).toList());
    if (!answer.inputs().isEmpty()) {
      body.heading("Read")
          .table(
              List.of("file", "object in git", "bytes"),
              answer.inputs().stream()
                  .map(i -> line("input", i.file(), i.blob().orElse("")))
                  .toList());
    }
    body.heading("Judged as")
        .items(ExplainReport.judged(answer.pins()))
        .heading("To check it")
        .verbatim("sha256sum -c SHA256SUMS\npolverdict inspect|lint|connectivity -f snapshot.pvs");
    new Page("polverdict evidence: " + answer.source(), body, "", List.of("filter.js")).write(out);
  }

  private static Line line(String kind, Summed file, String what) {
    return new Line(
        Tone.PLAIN,
        kind,
        file.name(),
        List.of(new Term("sha256", file.sha256())),
        List.of(what, "%,d".formatted(file.bytes())));
  }
}
