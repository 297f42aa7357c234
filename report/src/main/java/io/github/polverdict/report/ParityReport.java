package io.github.polverdict.report;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.parity.ParityAnswer.Engine;
import io.github.polverdict.questions.parity.ParityAnswer.Group;
import io.github.polverdict.questions.parity.ParityAnswer.Result;
import io.github.polverdict.questions.parity.ParityAnswer.Row;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes how the same objects come out under several engines. */
final class ParityReport {
  private static final int ROWS = 12;

  private ParityReport() {}

  static Tree tree(ParityAnswer answer) {
    return Tree.answer("parity")
        .put("source", answer.source())
        .put(
            "engines",
            answer.engines(),
            e ->
                Tree.map()
                    .put("name", e.name())
                    .put("pins", e.pins(), Tree::pin)
                    .put("findings", e.findings(), Tree::finding))
        .put(
            "rows",
            answer.rows(),
            row ->
                Tree.map()
                    .put("src", row.src().name())
                    .put("dst", row.dst().name())
                    .put("traffic", Tree.traffic(row.traffic()))
                    .put("family", row.family())
                    .put("results", row.results(), ParityReport::result))
        .put(
            "groups",
            answer.groups(),
            g -> Tree.map().put("quirks", g.quirks(), Tree::quirk).put("rows", g.rows()))
        .put("agreed", answer.agreed())
        .put("missing", answer.missing(), Tree::missing);
  }

  private static Tree result(Result result) {
    return Tree.map()
        .put("outcome", result.outcome())
        .put("because", result.because())
        .put("origin", result.origin().map(Tree::origin))
        .put("quirks", result.quirks(), Tree::quirk);
  }

  static void csv(ParityAnswer answer, Writer out) {
    Serial.csv(
        out,
        Stream.concat(Stream.of("src", "dst", "conn"), answer.engines().stream().map(Engine::name))
            .toArray(String[]::new));
    for (Row row : answer.rows()) {
      Serial.csv(
          out,
          Stream.concat(
                  Stream.of(row.src().name(), row.dst().name(), Connections.all(row.traffic())),
                  row.results().stream().map(r -> r.outcome().name()))
              .toArray(String[]::new));
    }
  }

  static void text(ParityAnswer answer, Lines out) {
    out.line(summary(answer));
    answer.groups().forEach(g -> group(answer, g, out));
    out.line("");
    Standing.text(answer.missing(), out);
    answer
        .engines()
        .forEach(e -> ExplainReport.judged(e.pins()).forEach(p -> out.entry("judged", p)));
  }

  /** A cause with its flows; only one of them where none is TCP or UDP. */
  private static void group(ParityAnswer answer, Group group, Lines out) {
    List<Row> rows = group.rows().stream().map(answer.rows()::get).toList();
    int shown = rows.stream().anyMatch(Row::usual) ? ROWS : 1;
    out.line("");
    out.line(out.palette().strong(title(group)) + " (" + rows.size() + ")");
    group.quirks().forEach(q -> out.faint("  ", q.says()));
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("flow", "traffic"));
    answer.engines().forEach(e -> head.add(e.name()));
    table.add(head);
    for (Row row : rows.stream().limit(shown).toList()) {
      List<String> cells = new ArrayList<>();
      cells.add(row.src().name() + " -> " + row.dst().name());
      cells.add(Connections.all(row.traffic()));
      row.results().forEach(r -> cells.add(out.palette().outcome(r.outcome())));
      table.add(cells);
    }
    out.table("  ", table);
    if (rows.size() > shown) {
      out.line("  … " + (rows.size() - shown) + " more; -o csv or -o json has all");
    }
    example(rows.getFirst(), answer.engines(), out);
  }

  private static void example(Row row, List<Engine> engines, Lines out) {
    for (int i = 0; i < engines.size(); i++) {
      Result result = row.results().get(i);
      if (result.outcome() != Outcome.UNKNOWN || !result.because().isEmpty()) {
        out.wrapped(engines.get(i).name(), result.because());
      }
    }
  }

  static String summary(ParityAnswer answer) {
    return answer.rows().isEmpty()
        ? "every flow comes out the same under " + names(answer)
        : answer.rows().size()
            + " flows come out differently under "
            + names(answer)
            + "; "
            + answer.agreed()
            + " pairs agree";
  }

  /** The deviations that a group rests on. */
  static String title(Group group) {
    return group.quirks().isEmpty()
        ? "no named deviation"
        : String.join(", ", group.quirks().stream().map(q -> q.quirk()).toList());
  }

  static String names(ParityAnswer answer) {
    return String.join(", ", answer.engines().stream().map(Engine::name).toList());
  }
}
