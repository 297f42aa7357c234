package io.github.polverdict.report.graph;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A matrix as a picture: sources down, destinations across, a mark in each cell that differs in
 * shape and colour. It needs no layout, and stays readable where arrows would be a tangle.
 *
 * @param marks a row for each source, a mark for each destination
 * @param key what the marks mean here
 */
public record Grid(
    String title,
    List<String> sources,
    List<String> destinations,
    List<List<Mark>> marks,
    Map<Mark, String> key) {
  private static final int MANY = 120;
  private static final int LETTER = 7;
  private static final int TOP = 34;

  /** What stands in a cell; the letter names its style. */
  public enum Mark {
    FULL('g', "M%d %dh%3$dv%3$dh-%3$dz"),
    HALF('g', "M%d %dv%3$dh%3$dz"),
    UP('g', "M%d %dm0 %3$dh%3$dl-%4$d -%3$dz"),
    DOWN('b', "M%d %dh%3$dl-%4$d %3$dz"),
    DOT('b', "M%d %dm%4$d %4$dh2v2h-2z"),
    DIAMOND('u', "M%d %dm%4$d 0l%4$d %4$dl-%4$d %4$dl-%4$d -%4$dz"),
    EMPTY(' ', "");

    private final char style;
    private final String path;

    Mark(char style, String path) {
      this.style = style;
      this.path = path;
    }

    private String at(int x, int y, int size) {
      return path.formatted(x, y, size, size / 2);
    }
  }

  public Grid {
    sources = List.copyOf(sources);
    destinations = List.copyOf(destinations);
    marks = marks.stream().map(List::copyOf).toList();
    key = new LinkedHashMap<>(key);
  }

  /** The picture as SVG 1.1, without scripts and without references. */
  public String svg() {
    boolean small = Math.max(sources.size(), destinations.size()) > MANY;
    int step = small ? 6 : 16;
    int left = 20 + LETTER * longest(sources);
    int top = TOP + 10 + LETTER * longest(destinations);
    int width = Math.max(left + step * destinations.size() + 20, 420);
    int height = top + step * sources.size() + 40;
    StringBuilder out = new StringBuilder();
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
        role="img" font-family="sans-serif">
        <title>%s</title>
        <style>
        text { font-size: %dpx; fill: #1b1f23 } .t { font-size: 15px; font-weight: bold }
        .p { fill: #fff } .g { fill: #146c2e } .b { fill: #b3261e } .u { fill: #7a5200 }
        @media (prefers-color-scheme: dark) { text { fill: #dfe3e8 } .p { fill: #14171a }
        .g { fill: #7fd89a } .b { fill: #ff8a80 } .u { fill: #f2c14e } }
        </style>
        <rect class="p" width="100%%" height="100%%"/>
        <text class="t" x="10" y="22">%s</text>
        """
            .formatted(
                width, height, width, height, escaped(title), small ? 6 : 12, escaped(title)));
    for (int c = 0; c < destinations.size(); c++) {
      int x = left + c * step + step * 3 / 4;
      out.append(
          "<text transform=\"translate(%d %d)rotate(-90)\">%s</text>\n"
              .formatted(x, top - 6, escaped(destinations.get(c))));
    }
    for (int r = 0; r < sources.size(); r++) {
      int y = top + r * step;
      out.append(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
              .formatted(left - 6, y + step * 3 / 4, escaped(sources.get(r))));
      row(small ? undotted(marks.get(r)) : marks.get(r), left, y, step, out);
    }
    key(top + step * sources.size() + 14, out);
    return out.append("</svg>\n").toString();
  }

  /** Dots are too small to be seen there, and most of the picture. */
  private static List<Mark> undotted(List<Mark> row) {
    return row.stream().map(m -> m == Mark.DOT ? Mark.EMPTY : m).toList();
  }

  /** One path for all marks of a sort. */
  private static void row(List<Mark> row, int left, int y, int step, StringBuilder out) {
    Map<Mark, StringBuilder> paths = new EnumMap<>(Mark.class);
    for (int c = 0; c < row.size(); c++) {
      Mark mark = row.get(c);
      if (mark != Mark.EMPTY) {
        paths
            .computeIfAbsent(mark, _ -> new StringBuilder())
            .append(mark.at(left + c * step, y, step - 2));
      }
    }
    paths.forEach(
        (mark, d) -> out.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(mark.style, d)));
  }

  private void key(int y, StringBuilder out) {
    int x = 10;
    for (Map.Entry<Mark, String> entry : key.entrySet()) {
      Mark mark = entry.getKey();
      out.append("<path class=\"%s\" d=\"%s\"/>".formatted(mark.style, mark.at(x, y, 12)));
      out.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" style=\"font-size:12px\">%s</text>\n",
              x + 18,
              y + 11,
              escaped(entry.getValue())));
      x += 40 + LETTER * entry.getValue().length();
    }
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("[\\x00-\\x1f]", "?");
  }
}
