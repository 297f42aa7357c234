package io.github.polverdict.report;

import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Text for a terminal: lines, entries with a word in front, and tables. */
final class Lines {
  private static final int WORD = 9;
  private static final int WIDTH = 80;

  private final Writer out;
  private final Palette palette;

  Lines(Writer out, Palette palette) {
    this.out = out;
    this.palette = palette;
  }

  Palette palette() {
    return palette;
  }

  void line(String text) {
    Serial.write(out, text + "\n");
  }

  /** {@code word text}. */
  void entry(String word, String text) {
    line("  " + palette.faint(word + " ".repeat(Math.max(1, WORD - word.length()))) + text);
  }

  /** {@code word text}, the text in lines of the width of a terminal below each other. */
  void wrapped(String word, String text) {
    String first = word;
    StringBuilder line = new StringBuilder();
    for (String part : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + part.length() > WIDTH - WORD - 2) {
        entry(first, line.toString());
        first = "";
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(part);
    }
    entry(first, line.toString());
  }

  /** Rows whose columns stand below each other; the last column is not padded. */
  void table(String indent, List<List<String>> rows) {
    List<Integer> widths =
        new ArrayList<>(Collections.nCopies(rows.isEmpty() ? 0 : rows.getFirst().size(), 0));
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths.set(i, Math.max(widths.get(i), width(row.get(i))));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.size(); i++) {
        boolean last = i == row.size() - 1;
        line.append(row.get(i))
            .append(last ? "" : " ".repeat(widths.get(i) - width(row.get(i)) + 2));
      }
      line(line.toString().stripTrailing());
    }
  }

  private static int width(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }
}
