package io.github.polverdict.report;

import io.github.polverdict.core.model.canary.CanaryRun;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.BaselineAnswer.Row;
import io.github.polverdict.questions.baseline.Control;
import io.github.polverdict.questions.canary.CanaryAnswer;
import io.github.polverdict.questions.canary.CanaryAnswer.Step;
import io.github.polverdict.questions.expectation.AssertAnswer;
import io.github.polverdict.questions.probe.ProbeAnswer;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes answers that are checks as pages: what they come to, then a table of the checks. */
final class CheckPages {
  private static final List<String> SCRIPTS = List.of("filter.js");

  private CheckPages() {}

  static void write(AssertAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("assert", "Expectations of " + answer.source())
            .paragraph(AssertReport.summary(answer) + ".");
    Checks checks = AssertChecks.of(answer);
    checks.table("expectation", checks.filter("expectations", body));
    Standing.html(answer.pins(), answer.missing(), answer.findings(), body);
    new Page("polverdict assert: " + answer.source(), body, "", SCRIPTS).write(out);
  }

  static void write(ProbeAnswer answer, Writer out) {
    String asked = answer.from() + " → " + answer.to();
    Html body = new Html().headline("probe", asked);
    Checks checks = VerifyChecks.of(answer);
    checks.table("flow", checks.filter("flows", body));
    body.heading("Judged as").items(ExplainReport.judged(answer.pins()));
    new Page("polverdict probe: " + asked, body, "", SCRIPTS).write(out);
  }

  static void write(CanaryAnswer answer, Writer out) {
    CanaryRun.Place place = answer.run().place();
    Tone tone =
        switch (answer.result()) {
          case ENFORCED -> Tone.GOOD;
          case UNDECIDED -> Tone.UNSURE;
          case PARTLY, NOT_ENFORCED, TOO_MUCH -> Tone.BAD;
        };
    Html body =
        new Html()
            .headline("canary", "Does " + place.cluster() + " enforce policies?")
            .verdict(tone, CanaryReport.word(answer), answer.says())
            .items(answer.lookAt())
            .terms(CanaryReport.circumstances(answer));
    Checks checks = CanaryChecks.of(answer);
    checks.table("check", checks.filter("checks", body));
    List<String> head = new ArrayList<>(List.of("packets"));
    answer.steps().forEach(step -> head.add(step.id()));
    head.add("all");
    body.heading("Packets by step").table(head, packets(answer));
    body.heading("Put into the cluster")
        .items(answer.inputs().stream().map(i -> i.name() + " sha256 " + i.sha256()).toList());
    new Page("polverdict canary: " + place.cluster(), body, "", SCRIPTS).write(out);
  }

  private static List<Line> packets(CanaryAnswer answer) {
    List<Term> says = answer.steps().stream().map(CheckPages::says).toList();
    List<Line> out = new ArrayList<>();
    for (List<String> row : CanaryReport.packets(answer)) {
      boolean odd = row.stream().anyMatch(c -> c.endsWith("(!)"));
      String word = odd ? "(!)" : "as expected";
      List<String> cells = new ArrayList<>(row.subList(1, row.size()));
      cells.add(word);
      out.add(new Line(odd ? Tone.BAD : Tone.GOOD, word, row.getFirst(), says, cells));
    }
    return out;
  }

  private static Term says(Step step) {
    return new Term(step.id(), step.says());
  }

  static void write(BaselineAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("baseline check", answer.baseline() + " on " + answer.source())
            .paragraph(BaselineReport.sum(answer) + ".");
    Checks checks = BaselineChecks.of(answer);
    List<List<String>> matrix = BaselineReport.matrix(answer, Palette.PLAIN);
    checks.filter("lines", body).fragment("<section>\n").heading("Namespaces");
    List<String> head = new ArrayList<>(matrix.getFirst());
    head.add("all");
    body.table(head, matrix.stream().skip(1).map(row -> namespace(row, answer)).toList());
    checks
        .table("demand", body.fragment("</section>\n<section>\n").heading("Demands"))
        .fragment("</section>\n");
    if (!answer.controls().isEmpty()) {
      body.fragment("<section>\n")
          .heading("Controls")
          .table(
              List.of("control", "status"),
              answer.controls().stream().map(c -> control(c, answer)).toList())
          .fragment("</section>\n");
    }
    if (!answer.notices().isEmpty()) {
      body.heading("Exceptions").items(answer.notices().stream().map(n -> n.says()).toList());
    }
    if (!answer.leftOut().isEmpty()) {
      body.heading("System namespaces, left out").items(answer.leftOut());
    }
    Standing.html(answer.pins(), answer.missing(), answer.findings(), body);
    new Page("polverdict baseline: " + answer.source(), body, "", SCRIPTS).write(out);
  }

  private static Line namespace(List<String> cells, BaselineAnswer answer) {
    List<Row> own =
        answer.rows().stream().filter(r -> r.namespace().equals(cells.getFirst())).toList();
    boolean fails = own.stream().anyMatch(Row::fails);
    boolean open = own.stream().anyMatch(Row::open);
    String word = fails ? "not met" : open ? "not known" : "met";
    List<String> all = new ArrayList<>(cells.subList(1, cells.size()));
    all.add(word);
    return new Line(
        fails ? Tone.BAD : open ? Tone.UNSURE : Tone.GOOD, word, cells.getFirst(), List.of(), all);
  }

  private static Line control(Control control, BaselineAnswer answer) {
    String status = BaselineReport.status(control, answer);
    List<Term> details = new ArrayList<>();
    details.add(
        new Term(
            "items", control.items().stream().map(i -> i.key()).collect(Collectors.joining(", "))));
    if (!control.unchecked().isEmpty()) {
      details.add(new Term("not checked", control.unchecked()));
    }
    details.add(new Term("source", control.source()));
    Tone tone =
        switch (status) {
          case "met" -> Tone.GOOD;
          case "not met" -> Tone.BAD;
          default -> Tone.UNSURE;
        };
    return new Line(
        tone, "control", control.id() + ": " + control.asks(), details, List.of(status));
  }
}
