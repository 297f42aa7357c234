package io.github.polverdict.report;

import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Text for a terminal: lines, entries with a word in front, and tables. */
final class Lines {
  private static final int WORD = 9;
  private static final int WIDTH = 80;

  /** A space at which no line is broken. */
  static final char KEPT = '\u00a0';

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
    for (String line : folds(text, WIDTH - 2 - Math.max(WORD, word.length() + 1))) {
      entry(first, line);
      first = "";
    }
  }

  /** Faint text in lines of the width of a terminal below each other. */
  void faint(String indent, String text) {
    folds(text, WIDTH - indent.length()).forEach(l -> line(indent + palette.faint(l)));
  }

  /** Text in lines of the width of a terminal, those after the first further in. */
  void folded(String indent, String text) {
    String before = indent;
    for (String line : folds(text, WIDTH - indent.length() - 2)) {
      line(before + line);
      before = indent + "  ";
    }
  }

  /**
   * Broken at spaces, but not at those that {@link #KEPT} stands for; a longer word stays whole.
   */
  private static List<String> folds(String text, int width) {
    List<String> out = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : text.split(" ")) {
      if (!line.isEmpty() && width(line.toString()) + 1 + width(part) > width) {
        out.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(part);
    }
    out.add(line.toString());
    return out.stream().map(l -> l.replace(KEPT, ' ')).toList();
  }

  /** Whether rows stand below each other in the width of a terminal. */
  static boolean fit(String indent, List<List<String>> rows) {
    int sum = indent.length();
    for (int i = 0; !rows.isEmpty() && i < rows.getFirst().size(); i++) {
      int column = i;
      sum += rows.stream().mapToInt(r -> width(r.get(column))).max().orElse(0) + (i == 0 ? 0 : 2);
    }
    return sum <= WIDTH;
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
