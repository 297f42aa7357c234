package io.github.polverdict.report;

import io.github.polverdict.questions.auth.AuthAnswer;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.PlanAnswer;
import io.github.polverdict.questions.canary.CanaryAnswer;
import io.github.polverdict.questions.catalogue.DialectAnswer;
import io.github.polverdict.questions.config.ConfigAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.evidence.EvidenceAnswer;
import io.github.polverdict.questions.expectation.AssertAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.catalogue.Entry;
import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.probe.ProbeAnswer;
import io.github.polverdict.questions.tighten.TightenAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.report.graph.Dot;
import io.github.polverdict.report.graph.Mermaid;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes answers in one format. Never flushes or closes the writer.
 *
 * @param palette used by the text format only
 * @param api used by {@link Format#POLICYREPORT} only
 */
public record Report(Format format, Palette palette, ReportApi api) {

  /** With reports as OpenReports. */
  public Report(Format format, Palette palette) {
    this(format, palette, ReportApi.OPENREPORTS);
  }

  /** The same with reports of another kind. */
  public Report with(ReportApi other) {
    return new Report(format, palette, other);
  }

  public void write(ExplainAnswer answer, Writer out) {
    write(
        () -> ExplainReport.tree(answer),
        lines -> ExplainReport.text(answer, lines),
        w -> ExplainManyReport.csv(ExplainReport.asRow(answer), w),
        Map.of(
            Format.MARKDOWN, w -> comment(w, c -> FlowMarkdown.write(answer, c)),
            Format.HTML, w -> ExplainPage.write(answer, w)),
        out);
  }

  public void write(ExplainManyAnswer answer, Writer out) {
    write(
        () -> ExplainManyReport.tree(answer),
        lines -> ExplainManyReport.text(answer, lines),
        w -> ExplainManyReport.csv(answer, w),
        Map.of(
            Format.MARKDOWN, w -> comment(w, c -> FlowMarkdown.write(answer, c)),
            Format.HTML, w -> ExplainPage.write(answer, w)),
        out);
  }

  public void write(ConnectivityAnswer answer, Writer out) {
    write(
        () -> ConnectivityReport.tree(answer),
        lines -> ConnectivityReport.text(answer, lines),
        w -> ConnectivityReport.csv(answer, w),
        Map.of(
            Format.MARKDOWN, w -> comment(w, c -> FlowMarkdown.write(answer, c)),
            Format.DOT, w -> Serial.write(w, Dot.of(PairGraphs.of(answer))),
            Format.MERMAID, w -> Serial.write(w, Mermaid.of(PairGraphs.of(answer)))),
        out);
  }

  /** In the formats that are a table with reasons; all others are those of its answer. */
  public void write(ConnectivityMatrix matrix, Writer out) {
    switch (format) {
      case HTML -> ConnectivityPage.write(matrix, out);
      case SVG -> Serial.write(out, PairGraphs.grid(matrix).svg());
      case TEXT, JSON, YAML, CSV, MARKDOWN, SARIF, JUNIT, DOT, MERMAID, POLICYREPORT ->
          write(matrix.answer(), out);
    }
  }

  public void write(DiffAnswer answer, Writer out) {
    write(
        () -> DiffReport.tree(answer),
        lines -> DiffText.write(answer, lines),
        w -> DiffReport.csv(answer, w),
        Map.of(
            Format.MARKDOWN, w -> comment(w, c -> DiffMarkdown.write(answer, c)),
            Format.HTML, w -> DiffPage.write(answer, w),
            Format.DOT, w -> Serial.write(w, Dot.of(PairGraphs.of(answer))),
            Format.MERMAID, w -> Serial.write(w, Mermaid.of(PairGraphs.of(answer))),
            Format.SVG, w -> Serial.write(w, PairGraphs.grid(answer).svg())),
        out);
  }

  public void write(ParityAnswer answer, Writer out) {
    write(
        () -> ParityReport.tree(answer),
        lines -> ParityReport.text(answer, lines),
        w -> ParityReport.csv(answer, w),
        Map.of(Format.MARKDOWN, w -> comment(w, c -> FlowMarkdown.write(answer, c))),
        out);
  }

  public void write(ProbeAnswer answer, Writer out) {
    write(
        () -> ProbeReport.tree(answer),
        lines -> ProbeReport.text(answer, lines),
        w -> ProbeReport.csv(answer, w),
        Map.of(Format.MARKDOWN, w -> comment(w, c -> ProbeReport.markdown(answer, c))),
        out);
  }

  public void write(InspectAnswer answer, Writer out) {
    write(
        () -> InspectReport.tree(answer),
        lines -> InspectReport.text(answer, lines),
        w -> InspectReport.csv(answer, w),
        Map.of(
            Format.MARKDOWN, w -> comment(w, c -> InspectReport.markdown(answer, c)),
            Format.HTML, w -> InspectPage.write(answer, w)),
        out);
  }

  public void write(DialectAnswer answer, Writer out) {
    write(
        () -> DialectReport.tree(answer),
        lines -> DialectReport.text(answer, lines),
        w -> DialectReport.csv(answer, w),
        markdown -> DialectReport.markdown(answer, markdown),
        out);
  }

  public void write(LintAnswer answer, Writer out) {
    write(
        () -> LintReport.tree(answer),
        lines -> LintReport.text(answer, lines),
        w -> LintReport.csv(answer, w),
        Map.of(
            Format.MARKDOWN, w -> comment(w, c -> LintReport.markdown(answer, c)),
            Format.SARIF, w -> Serial.json(Sarif.tree(answer), w),
            Format.JUNIT, w -> Junit.write(answer, w),
            Format.HTML, w -> LintPage.write(answer, w),
            Format.POLICYREPORT, w -> PolicyReports.write(answer, api, w)),
        out);
  }

  public void write(BaselineAnswer answer, Writer out) {
    if (format == Format.JUNIT) {
      BaselineJunit.write(answer, out);
      return;
    }
    write(
        () -> BaselineReport.tree(answer),
        lines -> BaselineReport.text(answer, lines),
        w -> BaselineReport.csv(answer, w),
        markdown -> BaselineReport.markdown(answer, markdown),
        out);
  }

  public void write(PlanAnswer answer, Writer out) {
    write(
        () -> PlanReport.tree(answer),
        lines -> PlanReport.text(answer, lines),
        w -> PlanReport.csv(answer, w),
        out);
  }

  public void write(VerifyAnswer answer, Writer out) {
    write(
        () -> VerifyReport.tree(answer),
        lines -> VerifyReport.text(answer, lines),
        w -> VerifyReport.csv(answer, w),
        Map.of(
            Format.MARKDOWN, w -> comment(w, c -> VerifyReport.markdown(answer, c)),
            Format.JUNIT, w -> VerifyJunit.write(answer, w),
            Format.HTML, w -> VerifyPage.write(answer, w)),
        out);
  }

  public void write(AssertAnswer answer, Writer out) {
    write(
        () -> AssertReport.tree(answer),
        lines -> AssertReport.text(answer, lines),
        w -> AssertReport.csv(answer, w),
        Map.of(
            Format.MARKDOWN, w -> comment(w, c -> AssertReport.markdown(answer, c)),
            Format.JUNIT, w -> AssertJunit.write(answer, w)),
        out);
  }

  public void write(TightenAnswer answer, Writer out) {
    write(
        () -> TightenReport.tree(answer),
        lines -> TightenReport.text(answer, lines),
        w -> TightenReport.csv(answer, w),
        Map.of(Format.MARKDOWN, w -> comment(w, c -> TightenReport.markdown(answer, c))),
        out);
  }

  /** The policies themselves, as a stream of YAML that says in comments what they come to. */
  public void manifests(TightenAnswer answer, Writer out) {
    TightenReport.manifests(answer, out);
  }

  public void write(EvidenceAnswer answer, Writer out) {
    write(
        () -> EvidenceReport.tree(answer),
        lines -> EvidenceReport.text(answer, lines),
        w -> EvidenceReport.csv(answer, w),
        out);
  }

  /** The findings that are accepted, as CSV. */
  public void exceptions(LintAnswer answer, Writer out) {
    EvidenceReport.exceptions(answer, out);
  }

  public void write(AuthAnswer answer, Writer out) {
    write(
        () -> AuthReport.tree(answer),
        lines -> AuthReport.text(answer, lines),
        w -> AuthReport.csv(answer, w),
        Map.of(Format.MARKDOWN, w -> comment(w, c -> AuthReport.markdown(answer, c))),
        out);
  }

  public void write(CanaryAnswer answer, Writer out) {
    write(
        () -> CanaryReport.tree(answer),
        lines -> CanaryReport.text(answer, lines),
        w -> CanaryReport.csv(answer, w),
        Map.of(Format.MARKDOWN, w -> comment(w, c -> CanaryReport.markdown(answer, c))),
        out);
  }

  public void write(ConfigAnswer answer, Writer out) {
    write(
        () -> ConfigReport.tree(answer),
        lines -> ConfigReport.text(answer, lines),
        w -> ConfigReport.csv(answer, w),
        out);
  }

  /** The table of what lint may find. */
  public void write(List<Entry> entries, Writer out) {
    write(
        () -> EntryReport.tree(entries),
        lines -> EntryReport.text(entries, lines),
        w -> EntryReport.csv(entries, w),
        markdown -> EntryReport.markdown(entries, markdown),
        out);
  }

  /** The default stances of an inspection alone. */
  public void matrix(InspectAnswer answer, Writer out) {
    write(
        () -> StanceReport.tree(answer),
        lines -> StanceReport.text(answer, lines),
        w -> StanceReport.csv(answer, w),
        markdown -> StanceReport.markdown(answer, markdown),
        out);
  }

  private static void comment(Writer out, Consumer<Markdown> content) {
    Markdown comment = Markdown.comment(out);
    content.accept(comment);
    comment.end();
  }

  private void write(Supplier<Tree> tree, Consumer<Lines> text, Consumer<Writer> csv, Writer out) {
    write(tree, text, csv, Map.of(), out);
  }

  private void write(
      Supplier<Tree> tree,
      Consumer<Lines> text,
      Consumer<Writer> csv,
      Consumer<Markdown> markdown,
      Writer out) {
    write(tree, text, csv, Map.of(Format.MARKDOWN, w -> markdown.accept(new Markdown(w))), out);
  }

  /** In one of the formats that every answer has, or of those that this one has beside them. */
  private void write(
      Supplier<Tree> tree,
      Consumer<Lines> text,
      Consumer<Writer> csv,
      Map<Format, Consumer<Writer>> more,
      Writer out) {
    switch (format) {
      case TEXT -> text.accept(new Lines(out, palette));
      case JSON -> Serial.json(tree.get(), out);
      case YAML -> Serial.yaml(tree.get(), out);
      case CSV -> csv.accept(out);
      case MARKDOWN, SARIF, JUNIT, HTML, DOT, MERMAID, SVG, POLICYREPORT ->
          Optional.ofNullable(more.get(format))
              .orElseThrow(
                  () -> new IllegalArgumentException("this answer is not written as " + format))
              .accept(out);
    }
  }
}
