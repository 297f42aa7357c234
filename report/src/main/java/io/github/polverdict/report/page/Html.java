package io.github.polverdict.report.page;

import java.util.List;

/** HTML as it is written; whatever is given as text is escaped. */
public final class Html {
  /** What Unicode has for what can't be shown. */
  private static final int REPLACEMENT = 0xfffd;

  private final StringBuilder out = new StringBuilder();

  /** How something is coloured; its word says the same. */
  public enum Tone {
    GOOD,
    BAD,
    UNSURE,
    PLAIN;

    String css() {
      return switch (this) {
        case GOOD -> "good";
        case BAD -> "bad";
        case UNSURE -> "unsure";
        case PLAIN -> "plain";
      };
    }
  }

  /** A word and what stands for it. */
  public record Term(String word, String text) {}

  /**
   * One line of a table, which opens to its details.
   *
   * @param kind what the filter of kinds goes by
   * @param cells what stands beside the title
   */
  public record Line(Tone tone, String kind, String title, List<Term> details, List<String> cells) {
    public Line {
      details = List.copyOf(details);
      cells = List.copyOf(cells);
    }
  }

  /** What the page is about, as its heading. */
  public Html headline(String question, String headline) {
    out.append("<p class=\"brand\">polverdict ").append(escaped(question)).append("</p>\n");
    return element("h1", headline);
  }

  public Html heading(String text) {
    return element("h2", text);
  }

  public Html paragraph(String text) {
    return text.isEmpty() ? this : element("p", text);
  }

  /** Nothing when there are none. */
  public Html items(List<String> items) {
    return list("ul", items);
  }

  /** What is done in this order; nothing when there is nothing. */
  public Html steps(List<String> steps) {
    return list("ol", steps);
  }

  private Html list(String tag, List<String> items) {
    if (!items.isEmpty()) {
      out.append('<').append(tag).append(">\n");
      items.forEach(i -> element("li", i));
      out.append("</").append(tag).append(">\n");
    }
    return this;
  }

  /** A word with its colour, and text after it. */
  public Html verdict(Tone tone, String word, String text) {
    out.append("<p><strong class=\"").append(tone.css()).append("\">").append(escaped(word));
    out.append("</strong> ").append(escaped(text)).append("</p>\n");
    return this;
  }

  public Html terms(List<Term> terms) {
    out.append("<dl>");
    terms.forEach(t -> {
      element("dt", t.word());
      element("dd", t.text());
    });
    out.append("</dl>\n");
    return this;
  }

  /** Text that keeps its lines. */
  public Html verbatim(String text) {
    return text.isEmpty() ? this : element("pre", text);
  }

  /**
   * The field and the choice that filter all tables of the page.
   *
   * @param of what the lines are, in the plural
   * @param kinds those to choose from
   * @param first the one that is chosen at first, if it is one of them
   */
  public Html filter(String of, List<String> kinds, String first) {
    out.append("<form role=\"search\"><label>Search <input id=\"words\" type=\"search\"></label>\n")
        .append("<label>Show <select id=\"kind\"><option value=\"\">all</option>");
    for (String kind : kinds) {
      out.append(kind.equals(first) ? "<option selected>" : "<option>").append(escaped(kind));
      out.append("</option>");
    }
    out.append(
            "</select></label>\n<output id=\"count\" aria-live=\"polite\" for=\"words kind\" data-of=\"")
        .append(escaped(of))
        .append("\"></output></form>\n");
    return this;
  }

  /** The same with nothing chosen at first. */
  public Html filter(String of, List<String> kinds) {
    return filter(of, kinds, "");
  }

  /** A table of lines that open; nothing when there are none. */
  public Html table(List<String> head, List<Line> lines) {
    if (lines.isEmpty()) {
      return this;
    }
    out.append("<table class=\"lines\">\n<thead><tr>");
    head.forEach(h -> out.append("<th scope=\"col\">").append(escaped(h)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    lines.forEach(this::line);
    out.append("</tbody>\n</table>\n");
    return this;
  }

  private void line(Line line) {
    out.append("<tr class=\"").append(line.tone().css()).append("\" data-kind=\"");
    out.append(escaped(line.kind())).append("\"><td>");
    if (line.details().isEmpty()) {
      out.append(escaped(line.title()));
    } else {
      out.append("<details><summary>").append(escaped(line.title())).append("</summary>");
      terms(line.details());
      out.append("</details>");
    }
    out.append("</td>");
    line.cells().forEach(c -> element("td", c));
    out.append("</tr>\n");
  }

  /** An HTML fragment that is part of the program. */
  public Html fragment(String html) {
    out.append(html);
    return this;
  }

  private Html element(String tag, String text) {
    out.append('<').append(tag).append('>').append(escaped(text));
    out.append("</").append(tag).append(">\n");
    return this;
  }

  /** Text as it may stand between tags and in attributes in quotes. */
  public static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            case '\n', '\t' -> out.appendCodePoint(c);
            default -> out.appendCodePoint(Character.isISOControl(c) ? REPLACEMENT : c);
          }
        });
    return out.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
