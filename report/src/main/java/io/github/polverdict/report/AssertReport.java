package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.expectation.AssertAnswer;
import io.github.polverdict.questions.expectation.AssertAnswer.Example;
import io.github.polverdict.questions.expectation.AssertAnswer.Packets;
import io.github.polverdict.questions.expectation.AssertAnswer.Result;
import io.github.polverdict.questions.expectation.AssertAnswer.Row;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes which expectations hold, and what is to blame where they do not. */
final class AssertReport {
  /** So long may a name be in text; other formats have it whole. */
  private static final int NAME = 56;

  private AssertReport() {}

  static Tree tree(AssertAnswer answer) {
    return Tree.answer("assert")
        .put("source", answer.source())
        .put("expectations", answer.rows(), AssertReport::row)
        .standing(answer.pins(), answer.missing(), answer.findings());
  }

  private static Tree row(Row row) {
    return Tree.map()
        .put("name", row.name())
        .put("expected", row.wanted())
        .put("ends", row.words())
        .put("result", row.result())
        .put("flows", row.flows())
        .put("against", row.against())
        .put("unknown", row.unknown())
        .put("example", row.example().map(AssertReport::example))
        .put("problems", row.problems())
        .put("notes", row.notes())
        .put("packets", row.packets().map(AssertReport::packets))
        .put("origin", Tree.origin(row.origin()));
  }

  private static Tree example(Example example) {
    return Tree.map()
        .put("from", example.from())
        .put("to", example.to())
        .put("traffic", Tree.traffic(example.traffic()))
        .put("verdict", example.outcome())
        .put("policy", example.reason().policy())
        .put("because", example.reason().sentence())
        .put("origin", example.reason().origin().map(Tree::origin))
        .put("quirks", example.quirks(), Tree::quirk)
        .put("doubts", example.doubts(), Tree::doubt)
        .put(
            "explain",
            Tree.map().put("from", example.asked().from()).put("to", example.asked().to()));
  }

  private static Tree packets(Packets packets) {
    return Tree.map()
        .put("tried", packets.tried())
        .put("asExpected", packets.asExpected())
        .put("against", packets.against())
        .put("silent", packets.silent())
        .put("first", packets.first());
  }

  static void csv(AssertAnswer answer, Writer out) {
    Serial.csv(
        out, "name", "expected", "result", "flows", "against", "unknown", "because", "place");
    for (Row row : answer.rows()) {
      Serial.csv(
          out,
          row.name(),
          row.wanted().name(),
          row.result().name(),
          Long.toString(row.flows()),
          Long.toString(row.against()),
          Long.toString(row.unknown()),
          because(row),
          row.origin().text());
    }
  }

  /** What is to blame, on one line; empty when the expectation holds. */
  static String because(Row row) {
    if (row.result() == Result.EMPTY) {
      return String.join("; ", row.problems());
    }
    boolean bySight = row.packets().filter(p -> p.against() > 0).isPresent();
    if (row.against() == 0 && bySight) {
      return "packets: " + row.packets().get().first();
    }
    return row.example().map(e -> flow(e) + ": " + e.reason().sentence() + place(e)).orElse("");
  }

  private static String place(Example example) {
    return example.reason().origin().map(o -> " (" + o.place().text() + ")").orElse("");
  }

  /** {@code shop/web -> svc/data/db TCP 5432 is DENIED}. */
  static String flow(Example example) {
    return "%s -> %s  %s is %s"
        .formatted(
            example.from(), example.to(), Connections.all(example.traffic()), example.outcome());
  }

  static void text(AssertAnswer answer, Lines out) {
    for (Row row : answer.rows()) {
      if (row.result() != Result.HOLDS) {
        broken(row, out);
      }
    }
    List<List<String>> holding = new ArrayList<>();
    for (Row row : answer.with(Result.HOLDS)) {
      holding.add(List.of(result(row, out.palette()), clipped(row.name()), covered(row)));
    }
    out.table("", holding);
    if (!answer.rows().isEmpty()) {
      out.line("");
    }
    out.line(out.palette().strong(summary(answer)));
    Standing.text(answer.missing(), out);
    ExplainReport.judged(answer.pins()).forEach(p -> out.entry("judged", p));
  }

  private static void broken(Row row, Lines out) {
    out.line(
        result(row, out.palette())
            + "  "
            + out.palette().strong(clipped(row.name()))
            + "  expected "
            + row.wanted());
    out.wrapped("ends", row.words());
    row.problems().forEach(p -> out.wrapped("problem", p));
    if (row.result() != Result.EMPTY) {
      out.entry("flows", covered(row));
    }
    row.example().filter(_ -> row.result() != Result.EMPTY).ifPresent(e -> example(e, out));
    row.packets().filter(p -> p.against() > 0).ifPresent(p -> out.wrapped("packet", p.first()));
    row.notes().forEach(n -> out.wrapped("note", n));
    out.entry("in", out.palette().faint(row.origin().text()));
  }

  private static void example(Example example, Lines out) {
    out.wrapped("first", flow(example));
    out.wrapped("because", example.reason().sentence());
    example.reason().origin().ifPresent(o -> out.entry("", out.palette().faint("at " + o.text())));
    for (Origin.BuiltIn quirk : example.quirks()) {
      out.wrapped("quirk", quirk.quirk() + ": " + quirk.says());
    }
    if (example.outcome() != Outcome.UNKNOWN) {
      example.doubts().stream().map(Doubt::text).forEach(d -> out.wrapped("unknown", d));
    }
    out.entry(
        "more",
        "explain --from %s --to %s".formatted(example.asked().from(), example.asked().to()));
  }

  private static String clipped(String name) {
    return name.length() <= NAME ? name : name.substring(0, NAME - 1) + "…";
  }

  private static String result(Row row, Palette palette) {
    return switch (row.result()) {
      case HOLDS -> palette.outcome(Outcome.ALLOWED, "holds  ");
      case FAILS -> palette.outcome(Outcome.DENIED, "FAILS  ");
      case UNKNOWN -> palette.outcome(Outcome.UNKNOWN, "UNKNOWN");
      case EMPTY -> palette.outcome(Outcome.DENIED, "EMPTY  ");
    };
  }

  /** {@code 12 flows; 4 packets as expected}. */
  static String covered(Row row) {
    StringBuilder out = new StringBuilder(flows(row.flows()));
    if (row.against() > 0) {
      out.append(String.format(Locale.ROOT, ", %,d not as expected", row.against()));
    }
    if (row.unknown() > 0) {
      out.append(String.format(Locale.ROOT, ", %,d unknown", row.unknown()));
    }
    row.packets().ifPresent(p -> out.append("; ").append(packetsLine(p)));
    return out.toString();
  }

  private static String packetsLine(Packets packets) {
    return packets.tried() == 0
        ? "no packet could be tried"
        : String.format(
            Locale.ROOT,
            "packets: %,d as expected, %,d not, %,d do not tell",
            packets.asExpected(),
            packets.against(),
            packets.silent());
  }

  private static String flows(long count) {
    return String.format(Locale.ROOT, "%,d flow%s", count, count == 1 ? "" : "s");
  }

  /** {@code 3 of 5 expectations hold; 1 fails, 1 tests nothing}. */
  static String summary(AssertAnswer answer) {
    List<String> rest = new ArrayList<>();
    count(answer.with(Result.FAILS).size(), "fails", "fail", rest);
    count(answer.with(Result.EMPTY).size(), "tests nothing", "test nothing", rest);
    count(answer.with(Result.UNKNOWN).size(), "is unknown", "are unknown", rest);
    int holds = answer.with(Result.HOLDS).size();
    int all = answer.rows().size();
    String most =
        "%d of %d expectation%s hold%s"
            .formatted(holds, all, all == 1 ? "" : "s", holds == 1 ? "s" : "");
    return rest.isEmpty() ? most : most + "; " + String.join(", ", rest);
  }

  private static void count(int count, String one, String several, List<String> out) {
    if (count > 0) {
      out.add(count + " " + (count == 1 ? one : several));
    }
  }

  static void markdown(AssertAnswer answer, Markdown out) {
    out.heading(1, "Expectations of " + answer.source());
    out.paragraph(summary(answer) + ".");
    List<List<String>> broken = new ArrayList<>();
    List<List<String>> holding = new ArrayList<>();
    for (Row row : answer.rows()) {
      if (row.result() == Result.HOLDS) {
        holding.add(List.of(row.name(), row.wanted().name(), covered(row)));
      } else {
        broken.add(
            List.of(
                row.result().name(),
                row.name(),
                row.wanted().name(),
                covered(row),
                because(row),
                row.origin().text()));
      }
    }
    out.table(List.of("result", "expectation", "expected", "flows", "because", "where"), broken);
    out.table(List.of("holds", "expected", "flows"), holding);
    out.items(ExplainReport.judged(answer.pins()).stream().map(p -> "judged by " + p).toList());
  }
}
