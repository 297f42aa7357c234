package io.github.polverdict.report;

import io.github.polverdict.questions.baseline.PlanAnswer;
import io.github.polverdict.questions.baseline.PlanAnswer.Cut;
import io.github.polverdict.questions.baseline.PlanAnswer.Impact;
import io.github.polverdict.questions.baseline.PlanAnswer.Observed;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Writes what a baseline would cut as a page: the order first, then what each namespace loses. */
final class PlanPage {
  private static final String CUT = "cut";

  private PlanPage() {}

  static void write(PlanAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("baseline plan", answer.baseline() + " on " + answer.source())
            .paragraph(PlanReport.sum(answer) + ".")
            .heading("Steps")
            .steps(PlanReport.steps(answer))
            .filter("flows", kinds(answer));
    if (!answer.observed().isEmpty()) {
      body.fragment("<section>\n")
          .heading("Observed flows")
          .table(
              List.of("flow", "then"), answer.observed().stream().map(PlanPage::observed).toList())
          .fragment("</section>\n");
    }
    for (Impact impact : answer.namespaces()) {
      body.fragment("<section>\n")
          .heading(impact.namespace() + (impact.canary() ? " (canary)" : ""))
          .paragraph(PlanReport.counted(impact, answer))
          .table(List.of("loses", "traffic"), impact.cuts().stream().map(PlanPage::cut).toList())
          .fragment("</section>\n");
    }
    Standing.html(answer.pins(), answer.missing(), List.of(), body);
    new Page("polverdict baseline plan: " + answer.source(), body, "", List.of("filter.js"))
        .write(out);
  }

  private static List<String> kinds(PlanAnswer answer) {
    List<String> out = new ArrayList<>(List.of(CUT));
    answer.observed().stream().map(PlanReport::word).distinct().forEach(out::add);
    return out.stream().distinct().toList();
  }

  private static Line observed(Observed flow) {
    String word = PlanReport.word(flow);
    Tone tone = flow.cut() ? Tone.BAD : flow.then().isEmpty() ? Tone.UNSURE : Tone.PLAIN;
    List<Term> details = new ArrayList<>();
    flow.now().ifPresent(o -> details.add(new Term("now", o.name())));
    flow.then().ifPresent(o -> details.add(new Term("then", o.name())));
    if (!flow.because().isEmpty()) {
      details.add(new Term("because", flow.because()));
    }
    return new Line(tone, word, flow.from() + " → " + flow.to(), details, List.of(word));
  }

  private static Line cut(Cut cut) {
    List<Term> details = new ArrayList<>(List.of(new Term("because", cut.because())));
    cut.origin().ifPresent(o -> details.add(new Term("at", o.place().text())));
    return new Line(
        Tone.UNSURE,
        CUT,
        cut.src().name() + " → " + cut.dst().name(),
        details,
        List.of(Connections.all(cut.traffic())));
  }
}
