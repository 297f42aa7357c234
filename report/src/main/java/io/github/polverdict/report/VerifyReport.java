package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.verify.Agreement;
import io.github.polverdict.questions.verify.Explanation;
import io.github.polverdict.questions.verify.Recorded;
import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer.Row;
import io.github.polverdict.questions.verify.VerifyAnswer.Tally;
import io.github.polverdict.questions.verify.choice.Coverage;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what was predicted beside what packets did. */
final class VerifyReport {
  private static final int SHOWN = 10;
  private static final int REASONS = 4;
  private static final int NOTES = 20;
  private static final int WIDTH = 80;

  private VerifyReport() {}

  static Tree tree(VerifyAnswer answer) {
    Tree summary = Tree.map();
    for (Agreement agreement : Agreement.values()) {
      summary.put(word(agreement), answer.with(agreement).size());
    }
    return Tree.answer("verify")
        .put("source", answer.source())
        .put("cluster", Tree.map().put("uid", answer.cluster()))
        .put("seed", answer.seed())
        .put("summary", summary)
        .put("coverage", coverage(answer.coverage()))
        .put("flows", answer.rows(), VerifyReport::row)
        .put("rows", answer.tallies(), VerifyReport::tally)
        .put("notes", answer.notes())
        .standing(
            answer.standing().pins(), answer.standing().missing(), answer.standing().findings());
  }

  private static Tree coverage(Coverage coverage) {
    return Tree.map()
        .put("distinguishable", coverage.distinguishable())
        .put("chosen", coverage.chosen())
        .put(
            "skipped",
            coverage.skipped().entrySet(),
            e -> Tree.map().put("why", e.getKey()).put("count", e.getValue()));
  }

  private static Tree row(Row row) {
    Recorded.Call call = row.flow().call();
    return Tree.map()
        .put("id", row.flow().id())
        .put("from", row.flow().from())
        .put("to", call.to())
        .put("via", call.via())
        .put("at", call.at().toString())
        .put("protocol", call.protocol())
        .put("port", call.port())
        .put("place", row.place())
        .put("predicted", row.predicted().outcome())
        .put("because", row.predicted().because().sentence())
        .put("origin", row.predicted().because().origin().map(Tree::origin))
        .put("quirks", row.predicted().quirks().stream().map(Origin.BuiltIn::quirk).toList())
        .put(
            "probed",
            row.probed()
                .map(p ->
                    Tree.map()
                        .put("sign", p.sign())
                        .put("tries", p.tries())
                        .put("tookMillis", p.took().toMillis())
                        .put("detail", p.detail())))
        .put(
            "observed",
            row.observed(),
            o ->
                Tree.map()
                    .put("source", o.source())
                    .put("sign", o.sign())
                    .put("detail", o.detail()))
        .put("agreement", row.agreement())
        .put("explanation", row.explanation().map(VerifyReport::explanation));
  }

  private static Tree explanation(Explanation explanation) {
    return Tree.map()
        .put("cause", explanation.cause())
        .put("sentence", explanation.sentence())
        .put("todo", explanation.todo())
        .put("rows", explanation.rows())
        .put("certain", explanation.certain());
  }

  private static Tree tally(Tally tally) {
    return Tree.map()
        .put("id", tally.row().quirk())
        .put("says", tally.row().says())
        .put("measured", tally.measured())
        .put("confirmed", tally.confirmed())
        .put("refuted", tally.refuted());
  }

  static void csv(VerifyAnswer answer, Writer out) {
    Serial.csv(
        out, "from", "to", "via", "at", "predicted", "probed", "agreement", "cause", "because");
    for (Row row : answer.rows()) {
      Serial.csv(
          out,
          row.flow().from(),
          row.to(),
          row.flow().call().via().name(),
          row.flow().call().at().toString(),
          row.predicted().outcome().name(),
          sign(row),
          row.agreement().name(),
          row.explanation().map(e -> e.cause().words()).orElse(""),
          row.explanation()
              .map(Explanation::sentence)
              .orElse(row.predicted().because().sentence()));
    }
  }

  /** {@code CONTRADICTED 2 of 412 flows did not do what was predicted}. */
  static String headline(VerifyAnswer answer) {
    int contradicted = answer.with(Agreement.CONTRADICTED).size();
    long tried = answer.rows().size() - answer.with(Agreement.UNTRIED).size();
    if (tried == 0) {
      return "UNTRIED  no flow was tried";
    }
    return contradicted > 0
        ? "CONTRADICTED  " + contradicted + " of " + flows(tried) + " did not do what was predicted"
        : "CONFIRMED  none of " + flows(tried) + " contradicts what was predicted";
  }

  private static String flows(long count) {
    return String.format(Locale.ROOT, "%,d flow%s", count, count == 1 ? "" : "s");
  }

  /** {@code 4,120 of 4,120 distinguishable flow classes; 96 skipped: no running pod}. */
  static String coverageLine(Coverage coverage) {
    String all =
        String.format(
            Locale.ROOT,
            "%,d of %,d distinguishable flow classes",
            coverage.chosen(),
            coverage.distinguishable());
    if (coverage.skipped().isEmpty()) {
      return all;
    }
    boolean one = coverage.skipped().size() == 1;
    String why =
        coverage.skipped().entrySet().stream()
            .map(e ->
                one ? e.getKey() : String.format(Locale.ROOT, "%s (%,d)", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return all + String.format(Locale.ROOT, "; %,d skipped: ", coverage.skippedInAll()) + why;
  }

  /** {@code 400 confirmed, 2 contradicted, 3 settled}. */
  static String counts(VerifyAnswer answer) {
    List<String> out = new ArrayList<>();
    for (Agreement agreement : Agreement.values()) {
      int count = answer.with(agreement).size();
      if (count > 0) {
        out.add(String.format(Locale.ROOT, "%,d %s", count, word(agreement)));
      }
    }
    return String.join(", ", out);
  }

  static String word(Agreement agreement) {
    return agreement.name().toLowerCase(Locale.ROOT);
  }

  static String sign(Row row) {
    return row.probed().map(p -> p.sign().name()).orElse("");
  }

  /** {@code CONNECTED after 3 tries (…)}. */
  static String seen(Row row) {
    return row.probed()
        .map(p ->
            p.sign()
                + (p.tries() > 1 ? " after " + p.tries() + " tries" : "")
                + (p.detail().isEmpty() ? "" : ": " + p.detail()))
        .orElse("not tried");
  }

  /** {@code shop/web -> shop/db:5432/tcp (same node)}. */
  static String name(Row row) {
    String where =
        row.place().isEmpty()
            ? switch (row.flow().call().via()) {
              case POD_ADDRESS, CLUSTER_IP -> "";
              case NODE_PORT, LOAD_BALANCER -> " at " + row.flow().call().at();
            }
            : " (" + row.place() + ")";
    return row.flow().from() + " -> " + row.to() + where;
  }

  static void text(VerifyAnswer answer, Lines out) {
    Palette palette = out.palette();
    List<Row> contradicted = answer.with(Agreement.CONTRADICTED);
    out.line(
        palette.outcome(
            contradicted.isEmpty() ? Outcome.ALLOWED : Outcome.DENIED, headline(answer)));
    out.wrapped("chosen", coverageLine(answer.coverage()));
    out.wrapped("flows", counts(answer) + "; seed " + answer.seed());
    answer.notes().stream().limit(NOTES).forEach(n -> out.wrapped("note", n));
    if (answer.notes().size() > NOTES) {
      out.entry("", "… " + (answer.notes().size() - NOTES) + " more; -o json has all");
    }
    for (Row row : contradicted.stream().limit(SHOWN).toList()) {
      out.line("");
      title(name(row)).forEach(line -> out.line(palette.strong(line)));
      out.wrapped("said", row.predicted().outcome() + ": " + row.predicted().because().sentence());
      out.wrapped("seen", seen(row));
      row.explanation()
          .ifPresent(e -> {
            out.wrapped("cause", e.cause().words() + ": " + e.sentence());
            out.wrapped("do", e.todo());
          });
    }
    if (contradicted.size() > SHOWN) {
      out.line("… " + (contradicted.size() - SHOWN) + " more; -o json has all");
    }
    rest(answer, out);
  }

  /** Names of pods are long: two lines where one would be wider than a terminal. */
  private static List<String> title(String name) {
    int arrow = name.indexOf(" -> ");
    return name.length() <= WIDTH
        ? List.of(name)
        : List.of(name.substring(0, arrow), "  " + name.substring(arrow));
  }

  private static void rest(VerifyAnswer answer, Lines out) {
    out.line("");
    if (answer.with(Agreement.UNTRIED).size() == answer.rows().size()) {
      for (Row row : answer.rows().stream().limit(SHOWN).toList()) {
        out.wrapped("flow", name(row) + " is predicted " + row.predicted().outcome());
      }
    }
    reasons(answer.with(Agreement.INCONCLUSIVE)).entrySet().stream()
        .limit(REASONS)
        .forEach(e -> out.wrapped("open", flows(e.getValue()) + ": " + e.getKey()));
    for (Row row : answer.with(Agreement.SETTLED).stream().limit(REASONS).toList()) {
      out.wrapped("settled", name(row) + " is " + seen(row));
    }
    List<Tally> open =
        answer.tallies().stream().filter(t -> !t.measured() || t.refuted() > 0).toList();
    for (Tally tally : open.stream().limit(SHOWN).toList()) {
      out.wrapped(
          "row",
          tally.row().quirk()
              + ": "
              + tally.confirmed()
              + " confirm it, "
              + tally.refuted()
              + " refute it");
    }
    Standing.text(answer.standing().missing(), out);
    ExplainReport.judged(answer.standing().pins()).forEach(p -> out.wrapped("judged", p));
  }

  private static Map<String, Long> reasons(List<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(VerifyReport::seen, LinkedHashMap::new, Collectors.counting()));
  }

  static void markdown(VerifyAnswer answer, Markdown out) {
    out.heading(1, "Predicted and probed in " + answer.source());
    out.paragraph("**" + headline(answer).replace("  ", ":** ") + ".");
    out.paragraph(coverageLine(answer.coverage()) + ". " + counts(answer) + ".");
    out.items(answer.notes());
    out.table(
        List.of("flow", "predicted", "seen", "cause", "what to do"),
        answer.with(Agreement.CONTRADICTED).stream()
            .map(r ->
                List.of(
                    name(r),
                    r.predicted().outcome() + ": " + r.predicted().because().sentence(),
                    seen(r),
                    r.explanation().map(e -> e.cause().words() + ": " + e.sentence()).orElse(""),
                    r.explanation().map(Explanation::todo).orElse("")))
            .toList());
    out.table(
        List.of("row", "confirmed", "refuted"),
        answer.tallies().stream()
            .map(t ->
                List.of(
                    t.row().quirk(),
                    Integer.toString(t.confirmed()),
                    Integer.toString(t.refuted())))
            .toList());
  }
}
