package io.github.polverdict.report;

import io.github.polverdict.questions.tighten.TightenAnswer;
import io.github.polverdict.questions.tighten.TightenAnswer.Change;
import io.github.polverdict.questions.tighten.TightenAnswer.Flaw;
import io.github.polverdict.questions.tighten.TightenAnswer.Manifest;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Writes policies that were made as a page: the proof, what changes, and the policies. */
final class TightenPage {
  private TightenPage() {}

  static void write(TightenAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("tighten", "Policies for " + answer.source())
            .verdict(
                answer.proved() ? Tone.GOOD : Tone.BAD,
                answer.proved() ? "PROVED" : "NOT PROVED",
                TightenReport.proof(answer))
            .items(answer.problems())
            .items(answer.notes())
            .filter("flows", List.of("lacking", "open", "unsure", "closes", "opens"));
    List<Line> flaws = new ArrayList<>();
    answer.lacking().forEach(f -> flaws.add(flaw("lacking", f)));
    answer.open().forEach(f -> flaws.add(flaw("open", f)));
    answer.unsure().forEach(f -> flaws.add(flaw("unsure", f)));
    section("Not as declared", flaws, body);
    List<Line> changes = new ArrayList<>();
    answer.opened().forEach(c -> changes.add(change("opens", c)));
    answer.closed().forEach(c -> changes.add(change("closes", c)));
    section("What changes", changes, body);
    body.heading("Policies");
    for (Manifest manifest : answer.manifests()) {
      body.heading(manifest.object()).verbatim(manifest.yaml());
    }
    List<String> delete = TightenReport.delete(answer);
    if (!delete.isEmpty()) {
      body.heading("To delete").verbatim(String.join("\n", delete));
    }
    body.heading("Covers").items(answer.covered());
    body.heading("Judged as").items(ExplainReport.judged(answer.pins()));
    new Page("polverdict tighten: " + answer.source(), body, "", List.of("filter.js")).write(out);
  }

  private static void section(String title, List<Line> lines, Html body) {
    if (!lines.isEmpty()) {
      body.fragment("<section>\n")
          .heading(title)
          .table(List.of("flow", "traffic", ""), lines)
          .fragment("</section>\n");
    }
  }

  private static Line flaw(String word, Flaw flaw) {
    List<Term> details = new ArrayList<>();
    details.add(new Term(flaw.outcome().name(), flaw.reason().sentence()));
    flaw.reason().origin().ifPresent(o -> details.add(new Term("at", o.text())));
    flaw.quirks().forEach(q -> details.add(new Term("rests on", q.quirk() + ": " + q.says())));
    return new Line(
        word.equals("unsure") ? Tone.UNSURE : Tone.BAD,
        word,
        flaw.from() + " → " + flaw.to(),
        details,
        List.of(Connections.all(flaw.traffic()), word));
  }

  private static Line change(String word, Change change) {
    return new Line(
        Tone.PLAIN,
        word,
        change.src().name() + " → " + change.dst().name(),
        List.of(),
        List.of(Connections.withPorts(change.traffic()), word));
  }
}
