package io.github.polverdict.snapshot;

import java.util.List;

/** What to do about a text that is no YAML, by what the parser says of it. */
final class YamlHints {
  private record Hint(String sign, String help) {}

  /** In order: the first whose sign is in the parser's words counts. */
  private static final List<Hint> HINTS =
      List.of(
          new Hint("\\t", "indent with spaces; YAML forbids tabs"),
          new Hint(
              "mapping values are not allowed",
              "is this line or the one before indented wrongly? text that holds ': ' needs quotes"),
          new Hint("flow", "a { or [ before it is not closed, or a comma is missing"),
          new Hint("quoted scalar", "a quote before it is not closed"),
          new Hint(
              "simple key",
              "a colon is missing after a key, or a text of several lines is not quoted"),
          new Hint("<block end>", "it must begin in the same column as what it belongs to"),
          new Hint("cannot start any token", "put the text in quotes"));

  private YamlHints() {}

  /** Empty where nothing is known. */
  static String help(String problem) {
    return HINTS.stream()
        .filter(h -> problem.contains(h.sign()))
        .findFirst()
        .map(Hint::help)
        .orElse("");
  }
}
