package io.github.polverdict.report;

import java.io.Writer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How answers of one kind are written: the formats that they have, with a writer for each. The one
 * place that knows which formats an answer has; {@link Layouts} has them all.
 *
 * @param <A> the answer
 */
public final class Layout<A> {
  private final String question;
  private final Map<Format, Form<A>> forms;

  /** Writes an answer in one format. */
  @FunctionalInterface
  private interface Form<A> {
    void write(A answer, Report report, Writer out);
  }

  private Layout(String question, Map<Format, Form<A>> forms) {
    this.question = question;
    this.forms = forms;
  }

  /** One that has no format yet. */
  static <A> Layout<A> of(String question) {
    return new Layout<>(question, new EnumMap<>(Format.class));
  }

  /** JSON and YAML. */
  Layout<A> tree(Function<A, Tree> tree) {
    return with(Format.JSON, (a, _, out) -> Serial.json(tree.apply(a), out))
        .with(Format.YAML, (a, _, out) -> Serial.yaml(tree.apply(a), out));
  }

  Layout<A> text(BiConsumer<A, Lines> text) {
    return with(Format.TEXT, (a, report, out) -> text.accept(a, new Lines(out, report.palette())));
  }

  Layout<A> csv(BiConsumer<A, Writer> csv) {
    return with(Format.CSV, (a, _, out) -> csv.accept(a, out));
  }

  /** Markdown of any length, for a file. */
  Layout<A> document(BiConsumer<A, Markdown> markdown) {
    return with(Format.MARKDOWN, (a, _, out) -> markdown.accept(a, new Markdown(out)));
  }

  /** Markdown that fits into a comment. */
  Layout<A> comment(BiConsumer<A, Markdown> markdown) {
    return with(
        Format.MARKDOWN,
        (a, _, out) -> {
          Markdown comment = Markdown.comment(out);
          markdown.accept(a, comment);
          comment.end();
        });
  }

  Layout<A> page(BiConsumer<A, Writer> page) {
    return with(Format.HTML, (a, _, out) -> page.accept(a, out));
  }

  /** A drawing as text. */
  Layout<A> drawn(Format format, Function<A, String> drawing) {
    return with(format, (a, _, out) -> Serial.write(out, drawing.apply(a)));
  }

  Layout<A> junit(Function<A, Checks> checks) {
    return with(Format.JUNIT, (a, _, out) -> Junit.write(checks.apply(a), out));
  }

  Layout<A> sarif(Function<A, Checks> checks) {
    return with(Format.SARIF, (a, _, out) -> Serial.json(Sarif.tree(checks.apply(a)), out));
  }

  Layout<A> policyReport(Function<A, Checks> checks) {
    return with(
        Format.POLICYREPORT,
        (a, report, out) -> PolicyReports.write(checks.apply(a), report.api(), out));
  }

  private Layout<A> with(Format format, Form<A> form) {
    Map<Format, Form<A>> more = new EnumMap<>(Format.class);
    more.putAll(forms);
    more.put(format, form);
    return new Layout<>(question, more);
  }

  /** The words of the command line that ask for it, {@code baseline check}. */
  public String question() {
    return question;
  }

  public Set<Format> formats() {
    return Collections.unmodifiableSet(forms.keySet());
  }

  /** Fails with an IllegalArgumentException in a format that it does not have. */
  void write(A answer, Report report, Writer out) {
    Form<A> form = forms.get(report.format());
    if (form == null) {
      throw new IllegalArgumentException(question + " is not written as " + report.format());
    }
    form.write(answer, report, out);
  }
}
