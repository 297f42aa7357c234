package io.github.polverdict.report;

import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes what packets did as one page that needs no network: a table with a filter, in which each
 * flow opens to its explanation. Without scripts everything is there but the filter.
 */
final class VerifyPage {
  private VerifyPage() {}

  static void write(VerifyAnswer answer, Writer out) {
    String notes =
        answer.notes().stream()
            .map(n -> "<li>" + text(n) + "</li>")
            .collect(Collectors.joining("\n"));
    String rows = answer.rows().stream().map(VerifyPage::row).collect(Collectors.joining("\n"));
    String pins =
        ExplainReport.judged(answer.standing().pins()).stream()
            .map(p -> "<li>" + text(p) + "</li>")
            .collect(Collectors.joining("\n"));
    Serial.write(
        out,
        template()
            .replace("{source}", text(answer.source()))
            .replace("{headline}", text(VerifyReport.headline(answer)))
            .replace("{coverage}", text(VerifyReport.coverageLine(answer.coverage())))
            .replace("{counts}", text(VerifyReport.counts(answer)))
            .replace("{notes}", notes)
            .replace("{judged}", pins)
            .replace("{rows}", rows));
  }

  private static String row(Row row) {
    String name = VerifyReport.name(row);
    String details =
        term("said", row.predicted().because().sentence())
            + term("seen", VerifyReport.seen(row))
            + term("called", row.flow().call().at() + " as " + row.flow().call().via())
            + row.predicted().quirks().stream()
                .map(q -> term("rests on", q.quirk() + ": " + q.says()))
                .collect(Collectors.joining())
            + row.observed().stream()
                .map(o -> term(o.source(), o.sign() + " " + o.detail()))
                .collect(Collectors.joining())
            + row.explanation()
                .map(e ->
                    term("cause", e.cause().words() + ": " + e.sentence()) + term("do", e.todo()))
                .orElse("");
    return """
    <tr class="%s"><td><details><summary>%s</summary><dl>%s</dl></details></td>\
    <td>%s</td><td>%s</td><td>%s</td></tr>\
    """
        .formatted(
            VerifyReport.word(row.agreement()),
            text(name),
            details,
            row.predicted().outcome(),
            text(VerifyReport.sign(row)),
            VerifyReport.word(row.agreement()));
  }

  private static String term(String word, String text) {
    return "<dt>" + text(word) + "</dt><dd>" + text(text) + "</dd>";
  }

  /** Text between tags and in attributes; braces can't be taken for places of the template. */
  private static String text(String text) {
    return Junit.xml(text).replace("{", "&#123;");
  }

  private static String template() {
    try (InputStream in = VerifyPage.class.getResourceAsStream("verify.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
