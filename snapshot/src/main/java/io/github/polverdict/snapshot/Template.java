package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mark;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be told of a document's text that is no valid document. */
final class Template {
  private static final Pattern KIND =
      Pattern.compile("(?<![A-Za-z0-9_.-])[\"']?kind[\"']?[ \t]*:[ \t]*(.{0,80})");
  private static final Pattern NAME =
      Pattern.compile("[\"']?([A-Z][A-Za-z0-9]*)[\"']?\\s*([,}\\]#].*)?");

  private Template() {}

  static boolean looksUnrendered(String text) {
    int open = text.indexOf("{{");
    return open >= 0 && text.indexOf("}}", open) > 0;
  }

  static BadText unrendered(Mark mark) {
    return new BadText(
        "PV006",
        "looks like an unrendered Helm template",
        "run helm template and read its output",
        mark);
  }

  /**
   * The kinds of object that a broken text may hold, by its {@code kind:} lines; none when it may
   * hold any.
   */
  static Set<String> kinds(String text) {
    Set<String> out = new TreeSet<>();
    Matcher line = KIND.matcher(text);
    while (line.find()) {
      Matcher name = NAME.matcher(line.group(1).strip());
      if (!name.matches()) {
        return Set.of();
      }
      String kind = name.group(1);
      out.add(kind);
      if (kind.endsWith("List") && kind.length() > 4) {
        out.add(kind.substring(0, kind.length() - 4));
      }
    }
    out.remove("List");
    return out;
  }
}
