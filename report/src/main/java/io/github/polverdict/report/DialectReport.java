package io.github.polverdict.report;

import io.github.polverdict.questions.catalogue.DialectAnswer;
import io.github.polverdict.questions.catalogue.DialectAnswer.Evidence;
import io.github.polverdict.questions.catalogue.DialectAnswer.Kind;
import io.github.polverdict.questions.catalogue.DialectAnswer.Row;
import io.github.polverdict.questions.catalogue.DialectAnswer.Setting;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what is known of one engine. */
final class DialectReport {
  private DialectReport() {}

  static Tree tree(DialectAnswer answer) {
    return Tree.answer("dialect")
        .put("dialect", answer.id())
        .put("title", answer.title())
        .put("profile", answer.profile())
        .put("oldest", answer.oldest())
        .put("newest", answer.newest())
        .put("aliases", answer.aliases())
        .put(
            "policyKinds",
            answer.kinds(),
            k -> Tree.map().put("type", k.type()).put("does", k.does()).put("when", k.when()))
        .put(
            "parameters",
            answer.settings(),
            s ->
                Tree.map()
                    .put("name", s.name())
                    .put("says", s.says())
                    .put("values", s.values())
                    .put("default", s.defaults()))
        .put("rows", answer.rows(), DialectReport::row);
  }

  private static Tree row(Row row) {
    return Tree.map()
        .put("id", row.id())
        .put("says", row.says())
        .put("effect", row.effect())
        .put("status", row.status())
        .put("versions", row.version())
        .put("settings", row.config())
        .put("touches", row.touches())
        .put(
            "evidence",
            row.evidence(),
            e -> Tree.map().put("kind", e.kind()).put("link", e.link()).put("pin", e.pin()))
        .put("scenarios", row.scenarios());
  }

  static void csv(DialectAnswer answer, Writer out) {
    Serial.csv(out, "id", "effect", "status", "when", "says", "evidence");
    for (Row row : answer.rows()) {
      Serial.csv(
          out,
          row.id(),
          row.effect(),
          row.status(),
          when(row),
          row.says(),
          row.evidence().stream().map(DialectReport::cited).collect(Collectors.joining(" ")));
    }
  }

  static void text(DialectAnswer answer, Lines out) {
    Palette palette = out.palette();
    out.line(palette.strong(answer.title()) + ", profile " + answer.profile() + versions(answer));
    answer
        .aliases()
        .forEach((name, settings) ->
            out.line("  also " + name + (settings.isEmpty() ? "" : ": " + settings)));
    out.line("");
    answer.kinds().forEach(k -> out.line("  " + k.type() + "  " + k.does() + tail(k.when())));
    out.line("");
    answer
        .settings()
        .forEach(s -> out.line("  " + s.name() + "  " + s.says() + " [" + s.defaults() + "]"));
    out.line("");
    for (Row row : answer.rows()) {
      String when = when(row);
      out.line(
          "  %s  (%s, %s%s)"
              .formatted(
                  palette.strong(row.id()),
                  row.status(),
                  row.effect(),
                  when.isEmpty() ? "" : ", " + when));
      out.line("      " + row.says());
      if (!row.touches().isEmpty()) {
        out.line("      UNKNOWN: " + row.touches());
      }
      row.evidence().forEach(e -> out.line(palette.faint("      " + cited(e))));
    }
  }

  static void markdown(DialectAnswer answer, Markdown out) {
    out.line("<!-- Generated from the profile; see docs/dialects/README.md. -->");
    out.line("");
    out.heading(1, answer.title());
    out.paragraph(
        "Dialect %s, profile %d%s."
            .formatted(Markdown.code(answer.id()), answer.profile(), versions(answer)));
    if (!answer.aliases().isEmpty()) {
      out.heading(2, "Other names");
      out.table(
          List.of("name", "stands for"),
          answer.aliases().entrySet().stream()
              .map(a ->
                  List.of(
                      Markdown.code(a.getKey()),
                      Markdown.code(
                          answer.id() + (a.getValue().isEmpty() ? "" : "," + a.getValue()))))
              .toList());
    }
    out.heading(2, "Kinds of policy");
    if (answer.kinds().isEmpty()) {
      out.paragraph("It reads none.");
    }
    out.table(
        List.of("kind", "what its objects do", "when"),
        answer.kinds().stream().map(DialectReport::cells).toList());
    if (!answer.settings().isEmpty()) {
      out.heading(2, "Settings that change verdicts");
    }
    out.table(
        List.of("setting", "what it says", "values", "default"),
        answer.settings().stream().map(DialectReport::cells).toList());
    out.heading(2, "Behaviours");
    for (Row row : answer.rows()) {
      behaviour(row, out);
    }
  }

  private static List<String> cells(Kind kind) {
    return List.of(Markdown.code(kind.type()), kind.does(), kind.when());
  }

  private static List<String> cells(Setting setting) {
    return List.of(
        Markdown.code(setting.name()),
        setting.says(),
        setting.values().stream().map(Markdown::code).collect(Collectors.joining(", ")),
        setting.defaults().isEmpty() ? "" : Markdown.code(setting.defaults()));
  }

  private static void behaviour(Row row, Markdown out) {
    out.heading(3, row.id());
    String when = when(row);
    String doubt = row.touches().isEmpty() ? "" : " UNKNOWN: " + row.touches() + ".";
    out.paragraph(row.says() + "." + doubt);
    List<String> facts = new ArrayList<>();
    facts.add("effect " + row.effect() + ", " + row.status() + (when.isEmpty() ? "" : "; " + when));
    row.evidence()
        .forEach(e ->
            facts.add(
                "%s: %s%s"
                    .formatted(
                        e.kind(),
                        e.link().startsWith("http")
                            ? "<" + e.link() + ">"
                            : Markdown.code(e.link()),
                        e.pin().isEmpty() ? "" : " at " + e.pin())));
    if (!row.scenarios().isEmpty()) {
      facts.add(
          "shown by "
              + row.scenarios().stream()
                  .map(s -> "[" + s + "](../../scenarios/" + s + ")")
                  .collect(Collectors.joining(", ")));
    }
    out.items(facts);
  }

  private static String versions(DialectAnswer answer) {
    return answer.newest().isEmpty()
        ? ""
        : ", versions " + answer.oldest() + " to " + answer.newest();
  }

  private static String tail(String when) {
    return when.isEmpty() ? "" : " (" + when + ")";
  }

  private static String when(Row row) {
    List<String> out = new ArrayList<>();
    if (!row.version().isEmpty()) {
      out.add("version " + row.version());
    }
    row.config().forEach((name, condition) -> out.add(name + " " + condition));
    return String.join(", ", out);
  }

  private static String cited(Evidence evidence) {
    return evidence.kind()
        + " "
        + evidence.link()
        + (evidence.pin().isEmpty() ? "" : " at " + evidence.pin());
  }
}
