package io.github.polverdict.report;

import io.github.polverdict.report.page.Html;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Markdown as hosts of repositories take it: headings, paragraphs, lists, tables and parts that
 * open. A comment is cut at what such a host takes, and says so.
 */
final class Markdown {
  /**
   * GitHub refuses a comment of more characters ("Body is too long (maximum is 65536 characters)").
   */
  private static final int MOST = 65_536;

  /** What closing what is open and saying that it is cut may take. */
  private static final int LAST_WORDS = 400;

  private final Writer out;
  private int room;
  private int cut;

  Markdown(Writer out) {
    this(out, Integer.MAX_VALUE);
  }

  private Markdown(Writer out, int room) {
    this.out = out;
    this.room = room;
  }

  /** One that is cut; {@link #end} belongs to it. */
  static Markdown comment(Writer out) {
    return new Markdown(out, MOST - LAST_WORDS);
  }

  /** Says at the end what was left out, if anything was. */
  void end() {
    if (cut > 0) {
      Serial.write(
          out,
          "\n**Cut:** %d lines more than a comment may hold (%d characters); `-o html` has all.\n"
              .formatted(cut, MOST));
    }
  }

  /** A part that opens; whatever is cut, it is closed. */
  void details(String summary, Runnable content) {
    String begin = "<details><summary>" + Html.escaped(summary) + "</summary>\n\n";
    String end = "\n</details>\n\n";
    if (cut > 0 || begin.length() + end.length() > room) {
      cut++;
      return;
    }
    Serial.write(out, begin);
    room -= begin.length() + end.length();
    content.run();
    Serial.write(out, end);
  }

  void heading(int level, String text) {
    line("#".repeat(level) + " " + text);
    line("");
  }

  void paragraph(String text) {
    line(text);
    line("");
  }

  /** Nothing when there are none. */
  void items(List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    items.forEach(item -> line("- " + item));
    line("");
  }

  /** Text that keeps its lines; left out whole when it does not fit. */
  void verbatim(String text) {
    String fence = text.contains("```") ? "~~~~" : "```";
    line(fence + "\n" + text.strip() + "\n" + fence);
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

  /** Text that must not end its cell, nor begin markup. */
  private static String cell(String text) {
    String escaped = text.replace("|", "\\|").replace("\n", " ");
    return text.contains("`") ? escaped : escaped.replace("<", "&lt;");
  }

  /** Text that is shown as it is written. */
  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  /** Once a line does not fit, none after it is written. */
  void line(String text) {
    if (cut > 0 || text.length() >= room) {
      cut += text.isEmpty() ? 0 : 1;
      return;
    }
    room -= text.length() + 1;
    Serial.write(out, text + "\n");
  }
}
