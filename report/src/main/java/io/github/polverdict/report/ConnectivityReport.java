package io.github.polverdict.report;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer.Row;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Writes who reaches whom. */
final class ConnectivityReport {
  private ConnectivityReport() {}

  static Tree tree(ConnectivityAnswer answer) {
    return Tree.answer("connectivity")
        .put("source", answer.source())
        .put("parties", answer.parties().stream().map(p -> p.name()).toList())
        .put(
            "rows",
            answer.rows(),
            row ->
                Tree.map()
                    .put("src", row.src().name())
                    .put("dst", row.dst().name())
                    .put("conn", Connections.all(row.reach().allowed()))
                    .put("family", row.family())
                    .put("allowed", Tree.traffic(row.reach().allowed()))
                    .put("unknown", Tree.traffic(row.reach().unknown())))
        .put("doubts", answer.doubts(), Tree::doubt)
        .put("doubtsComplete", answer.doubtsComplete())
        .standing(answer.pins(), answer.missing(), answer.findings());
  }

  /**
   * {@code src,dst,conn} as netpol-analyzer writes it; what is not known stands in rows of its own.
   */
  static void csv(ConnectivityAnswer answer, Writer out) {
    Map<TrafficSet, String> words = new HashMap<>();
    Serial.csv(out, "src", "dst", "conn");
    for (Row row : sorted(answer)) {
      String src = name(row.src().name(), row.src().external(), row);
      String dst = name(row.dst().name(), row.dst().external(), row);
      if (Connections.anyWithPorts(row.reach().allowed())) {
        Serial.csv(
            out, src, dst, words.computeIfAbsent(row.reach().allowed(), Connections::withPorts));
      }
      if (Connections.anyWithPorts(row.reach().unknown())) {
        Serial.csv(out, src, dst, "UNKNOWN " + Connections.withPorts(row.reach().unknown()));
      }
    }
  }

  private static List<Row> sorted(ConnectivityAnswer answer) {
    Function<Row, String> src = row -> name(row.src().name(), row.src().external(), row);
    return answer.rows().stream()
        .sorted(
            Comparator.comparing(src)
                .thenComparing(row -> name(row.dst().name(), row.dst().external(), row)))
        .toList();
  }

  private static String name(String name, boolean external, Row row) {
    String family = row.family().map(f -> "{" + f.name().toLowerCase(Locale.ROOT) + "}").orElse("");
    return name + (external ? "[External]" : "") + family;
  }

  static void text(ConnectivityAnswer answer, Lines out) {
    Palette palette = out.palette();
    String before = "";
    List<List<String>> rows = new ArrayList<>();
    for (Row row : answer.rows()) {
      if (!row.src().name().equals(before)) {
        out.table("  -> ", rows);
        rows.clear();
        before = row.src().name();
        out.line(palette.strong(before) + (row.src().external() ? " (outside)" : ""));
      }
      String unknown =
          row.reach().unknown().isEmpty()
              ? ""
              : palette.outcome(
                  Outcome.UNKNOWN,
                  (row.reach().allowed().isEmpty() ? "" : "; ")
                      + "unknown: "
                      + Connections.all(row.reach().unknown()));
      String allowed =
          row.reach().allowed().isEmpty() ? "" : Connections.all(row.reach().allowed());
      String family = row.family().map(f -> " (" + f + ")").orElse("");
      rows.add(List.of(row.dst().name() + family, allowed + unknown));
    }
    out.table("  -> ", rows);
    if (answer.rows().isEmpty()) {
      out.line(
          answer.parties().stream().allMatch(Party::external)
              ? "there is no pod and no workload here"
              : "nobody reaches anybody");
    }
    out.line("");
    answer.doubts().stream().limit(5).forEach(d -> out.entry("unknown", d.text()));
    Standing.text(answer.missing(), out);
    ExplainReport.judged(answer.pins()).forEach(p -> out.entry("judged", p));
  }
}
