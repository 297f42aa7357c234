package io.github.polverdict.report;

import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** Markdown as hosts of repositories take it: headings, paragraphs, lists and tables. */
final class Markdown {
  private final Writer out;

  Markdown(Writer out) {
    this.out = out;
  }

  void heading(int level, String text) {
    line("#".repeat(level) + " " + text);
    line("");
  }

  void paragraph(String text) {
    line(text);
    line("");
  }

  void items(List<String> items) {
    items.forEach(item -> line("- " + item));
    line("");
  }

  /** A table; nothing when it has no rows. */
  void table(List<String> head, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    line(row(head));
    line("|" + " --- |".repeat(head.size()));
    rows.forEach(r -> line(row(r)));
    line("");
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Markdown::cell).collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Text that must not end its cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  /** Text that is shown as it is written. */
  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  void line(String text) {
    Serial.write(out, text + "\n");
  }
}
