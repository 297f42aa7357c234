package io.github.polverdict.report;

import io.github.polverdict.questions.auth.AuthAnswer;
import io.github.polverdict.questions.canary.CanaryAnswer;
import io.github.polverdict.questions.catalogue.DialectAnswer;
import io.github.polverdict.questions.config.ConfigAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.catalogue.Entry;
import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.probe.ProbeAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer;
import java.io.Writer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes answers in one format. Never flushes or closes the writer.
 *
 * @param palette used by the text format only
 */
public record Report(Format format, Palette palette) {

  public void write(ExplainAnswer answer, Writer out) {
    write(
        () -> ExplainReport.tree(answer),
        lines -> ExplainReport.text(answer, lines),
        w -> ExplainManyReport.csv(ExplainReport.asRow(answer), w),
        out);
  }

  public void write(ExplainManyAnswer answer, Writer out) {
    write(
        () -> ExplainManyReport.tree(answer),
        lines -> ExplainManyReport.text(answer, lines),
        w -> ExplainManyReport.csv(answer, w),
        out);
  }

  public void write(ConnectivityAnswer answer, Writer out) {
    write(
        () -> ConnectivityReport.tree(answer),
        lines -> ConnectivityReport.text(answer, lines),
        w -> ConnectivityReport.csv(answer, w),
        out);
  }

  public void write(DiffAnswer answer, Writer out) {
    write(
        () -> DiffReport.tree(answer),
        lines -> DiffReport.text(answer, lines),
        w -> DiffReport.csv(answer, w),
        out);
  }

  public void write(ParityAnswer answer, Writer out) {
    write(
        () -> ParityReport.tree(answer),
        lines -> ParityReport.text(answer, lines),
        w -> ParityReport.csv(answer, w),
        out);
  }

  public void write(ProbeAnswer answer, Writer out) {
    write(
        () -> ProbeReport.tree(answer),
        lines -> ProbeReport.text(answer, lines),
        w -> ProbeReport.csv(answer, w),
        out);
  }

  public void write(InspectAnswer answer, Writer out) {
    write(
        () -> InspectReport.tree(answer),
        lines -> InspectReport.text(answer, lines),
        w -> InspectReport.csv(answer, w),
        markdown -> InspectReport.markdown(answer, markdown),
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
    switch (format) {
      case TEXT, JSON, YAML, CSV, MARKDOWN ->
          write(
              () -> LintReport.tree(answer),
              lines -> LintReport.text(answer, lines),
              w -> LintReport.csv(answer, w),
              markdown -> LintReport.markdown(answer, markdown),
              out);
      case SARIF -> Serial.json(Sarif.tree(answer), out);
      case JUNIT -> Junit.write(answer, out);
      case HTML -> throw new IllegalArgumentException("findings are not written as " + format);
    }
  }

  public void write(VerifyAnswer answer, Writer out) {
    switch (format) {
      case TEXT, JSON, YAML, CSV, MARKDOWN ->
          write(
              () -> VerifyReport.tree(answer),
              lines -> VerifyReport.text(answer, lines),
              w -> VerifyReport.csv(answer, w),
              markdown -> VerifyReport.markdown(answer, markdown),
              out);
      case JUNIT -> VerifyJunit.write(answer, out);
      case HTML -> VerifyPage.write(answer, out);
      case SARIF -> throw new IllegalArgumentException("this is not written as " + format);
    }
  }

  public void write(AuthAnswer answer, Writer out) {
    write(
        () -> AuthReport.tree(answer),
        lines -> AuthReport.text(answer, lines),
        w -> AuthReport.csv(answer, w),
        out);
  }

  public void write(CanaryAnswer answer, Writer out) {
    write(
        () -> CanaryReport.tree(answer),
        lines -> CanaryReport.text(answer, lines),
        w -> CanaryReport.csv(answer, w),
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

  private void write(Supplier<Tree> tree, Consumer<Lines> text, Consumer<Writer> csv, Writer out) {
    Consumer<Markdown> none =
        _ -> {
          throw new IllegalArgumentException("this answer is not written as markdown");
        };
    write(tree, text, csv, none, out);
  }

  private void write(
      Supplier<Tree> tree,
      Consumer<Lines> text,
      Consumer<Writer> csv,
      Consumer<Markdown> markdown,
      Writer out) {
    switch (format) {
      case TEXT -> text.accept(new Lines(out, palette));
      case JSON -> Serial.json(tree.get(), out);
      case YAML -> Serial.yaml(tree.get(), out);
      case CSV -> csv.accept(out);
      case MARKDOWN -> markdown.accept(new Markdown(out));
      case SARIF, JUNIT, HTML ->
          throw new IllegalArgumentException("this answer is not written as " + format);
    }
  }
}
