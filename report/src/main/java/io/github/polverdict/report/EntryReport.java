package io.github.polverdict.report;

import io.github.polverdict.questions.lint.catalogue.Entry;
import java.io.Writer;
import java.util.List;

/** Writes the table of what lint may find. */
final class EntryReport {
  private EntryReport() {}

  static void text(List<Entry> entries, Lines out) {
    out.table(
        "",
        entries.stream()
            .map(e -> List.of(e.code(), e.level().toString(), e.slug(), e.title()))
            .toList());
  }

  static void markdown(List<Entry> entries, Markdown out) {
    out.table(
        List.of("finding", "severity", "name", "what"),
        entries.stream()
            .map(e ->
                List.of(
                    "[" + e.code() + "](../findings/" + e.code() + ".md)",
                    e.level().toString(),
                    Markdown.code(e.slug()),
                    e.title()))
            .toList());
  }

  static void csv(List<Entry> entries, Writer out) {
    Serial.csv(out, "code", "severity", "name", "title", "help");
    entries.forEach(
        e -> Serial.csv(out, e.code(), e.level().toString(), e.slug(), e.title(), e.help()));
  }

  static Tree tree(List<Entry> entries) {
    return Tree.answer("lint-list")
        .put(
            "entries",
            entries,
            e ->
                Tree.map()
                    .put("code", e.code())
                    .put("slug", e.slug())
                    .put("severity", e.level().toString())
                    .put("title", e.title())
                    .put("reportedWhen", e.when())
                    .put("notReported", e.not())
                    .put("why", e.why())
                    .put("help", e.help())
                    .put("page", LintReport.page(e.code())));
  }
}
