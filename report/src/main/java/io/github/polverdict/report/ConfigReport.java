package io.github.polverdict.report;

import io.github.polverdict.questions.config.ConfigAnswer;
import io.github.polverdict.questions.config.ConfigAnswer.Row;
import java.io.Writer;

/** Writes what options are set to, and by what. */
final class ConfigReport {
  private ConfigReport() {}

  static void text(ConfigAnswer answer, Lines out) {
    out.line(
        answer
            .file()
            .map(f -> "from " + f)
            .orElse("there is no polverdict.yaml here or above, up to the repository's root"));
    String command = "";
    for (Row row : answer.rows()) {
      if (!row.command().equals(command)) {
        command = row.command();
        out.line("");
        out.line(out.palette().strong(command));
      }
      String value = row.values().isEmpty() ? "-" : String.join(", ", row.values());
      out.line("  %-18s %-28s %s".formatted(row.option(), value, row.from()));
    }
  }

  static void csv(ConfigAnswer answer, Writer out) {
    Serial.csv(out, "command", "option", "values", "from");
    for (Row row : answer.rows()) {
      Serial.csv(out, row.command(), row.option(), String.join(" ", row.values()), row.from());
    }
  }

  static Tree tree(ConfigAnswer answer) {
    return Tree.answer("config")
        .put("file", answer.file())
        .put(
            "options",
            answer.rows(),
            row ->
                Tree.map()
                    .put("command", row.command())
                    .put("option", row.option())
                    .put("values", row.values())
                    .put("from", row.from()));
  }
}
