package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.parity.ParityAnswer.Engine;
import io.github.polverdict.questions.parity.ParityAnswer.Group;
import io.github.polverdict.questions.parity.ParityAnswer.Result;
import io.github.polverdict.questions.parity.ParityAnswer.Row;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes how the same objects come out under several engines as a page: a section for each cause.
 */
final class ParityPage {
  private ParityPage() {}

  static void write(ParityAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("parity", answer.source() + " under " + ParityReport.names(answer))
            .paragraph(ParityReport.summary(answer) + ".")
            .filter(
                "flows", answer.rows().stream().map(ParityPage::kind).distinct().sorted().toList());
    List<String> head = new ArrayList<>(List.of("flow", "traffic"));
    answer.engines().forEach(e -> head.add(e.name()));
    for (Group group : answer.groups()) {
      body.fragment("<section>\n")
          .heading(ParityReport.title(group))
          .items(group.quirks().stream().map(Origin.BuiltIn::says).toList())
          .table(
              head,
              group.rows().stream().map(i -> line(answer.rows().get(i), answer.engines())).toList())
          .fragment("</section>\n");
    }
    for (Engine engine : answer.engines()) {
      body.heading(engine.name());
      Standing.html(engine.pins(), List.of(), engine.findings(), body);
    }
    if (!answer.missing().isEmpty()) {
      body.heading("Not read")
          .items(answer.missing().stream().map(m -> m.what() + ": " + m.why()).toList());
    }
    new Page("polverdict parity: " + answer.source(), body, "", List.of("filter.js")).write(out);
  }

  /** {@code ALLOWED, DENIED}: one outcome for each engine. */
  private static String kind(Row row) {
    return row.results().stream().map(r -> r.outcome().name()).collect(Collectors.joining(", "));
  }

  private static Line line(Row row, List<Engine> engines) {
    List<Term> details = new ArrayList<>();
    List<String> cells = new ArrayList<>(List.of(Connections.all(row.traffic())));
    for (int i = 0; i < engines.size(); i++) {
      Result result = row.results().get(i);
      String at = result.origin().map(o -> "\nat " + o.text()).orElse("");
      details.add(new Term(engines.get(i).name(), result.outcome() + ": " + result.because() + at));
      cells.add(result.outcome().name());
    }
    String family = row.family().map(f -> " (" + f + ")").orElse("");
    return new Line(
        Tone.PLAIN,
        kind(row),
        row.src().name() + " → " + row.dst().name() + family,
        details,
        cells);
  }
}
