package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Exemption;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.BaselineAnswer.Proof;
import io.github.polverdict.questions.baseline.BaselineAnswer.Row;
import io.github.polverdict.questions.baseline.BaselineAnswer.Sort;
import io.github.polverdict.questions.baseline.BaselineAnswer.Status;
import io.github.polverdict.questions.baseline.Control;
import io.github.polverdict.questions.baseline.Item;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes whether namespaces have the defaults that a baseline wants. */
final class BaselineReport {
  private BaselineReport() {}

  static Tree tree(BaselineAnswer answer) {
    return Tree.answer("baseline-check")
        .put("source", answer.source())
        .put("baseline", answer.baseline())
        .put("met", answer.met())
        .put("rows", answer.rows(), BaselineReport::row)
        .put("leftOut", answer.leftOut())
        .put(
            "exceptions",
            answer.notices(),
            n ->
                Tree.map()
                    .put("status", n.sort())
                    .put("message", n.says())
                    .put("origin", Tree.origin(n.origin())))
        .put("controls", answer.controls(), c -> control(c, answer))
        .standing(answer.pins(), answer.missing(), answer.findings());
  }

  private static Tree row(Row row) {
    return Tree.map()
        .put("namespace", row.namespace())
        .put("item", row.item().key())
        .put("demand", word(row))
        .put("status", row.status())
        .put("says", row.says())
        .put(
            "proofs",
            row.proofs(),
            p ->
                Tree.map()
                    .put("flow", p.flow())
                    .put("outcome", p.outcome())
                    .put("because", p.because())
                    .put("origin", p.origin().map(Tree::origin)))
        .put("exception", row.waived().map(BaselineReport::exemption));
  }

  private static Tree exemption(Exemption why) {
    return Tree.map()
        .put("owner", why.owner())
        .put("reason", why.reason())
        .put("ticket", why.ticket())
        .put("expires", why.expires().toString())
        .put("origin", Tree.origin(why.origin()));
  }

  private static Tree control(Control control, BaselineAnswer answer) {
    return Tree.map()
        .put("id", control.id())
        .put("asks", control.asks())
        .put("source", control.source())
        .put("items", control.items().stream().map(Item::key).toList())
        .put("status", worst(control, answer))
        .put("unchecked", control.unchecked());
  }

  /** What its items come to; the worst of all namespaces. */
  private static Status worst(Control control, BaselineAnswer answer) {
    Status out = control.items().isEmpty() ? Status.UNKNOWN : Status.NOTHING_TO_CHECK;
    for (Status worse : List.of(Status.MET, Status.UNKNOWN, Status.UNMET)) {
      boolean found =
          answer.rows().stream()
              .filter(r -> control.items().contains(r.item()) && r.waived().isEmpty())
              .anyMatch(r -> r.status() == worse);
      out = found ? worse : out;
    }
    return out;
  }

  /** The same in words; of a control without items, that it is not checked. */
  static String status(Control control, BaselineAnswer answer) {
    return control.items().isEmpty() ? "not checked" : word(worst(control, answer));
  }

  private static String word(Status status) {
    return switch (status) {
      case MET -> "met";
      case UNMET -> "not met";
      case UNKNOWN -> "not known";
      case NOTHING_TO_CHECK -> "nothing to check";
    };
  }

  /** What a row comes to, with exceptions. */
  static String status(Row row) {
    boolean excepted = row.waived().isPresent() && row.status() != Status.MET;
    return excepted && row.status() != Status.NOTHING_TO_CHECK ? "waived" : word(row.status());
  }

  static void csv(BaselineAnswer answer, Writer out) {
    Serial.csv(
        out, "namespace", "item", "demand", "status", "flow", "because", "place", "exception");
    for (Row row : answer.rows()) {
      Optional<Proof> first = row.proofs().stream().findFirst();
      Serial.csv(
          out,
          row.namespace(),
          row.item().key(),
          word(row),
          row.status().toString(),
          first.map(Proof::flow).orElse(""),
          first.map(Proof::because).orElse(row.says()),
          first.flatMap(Proof::origin).map(Origin::text).orElse(""),
          row.waived().map(w -> w.owner() + " until " + w.expires()).orElse(""));
    }
  }

  static void text(BaselineAnswer answer, Lines out) {
    Palette palette = out.palette();
    out.line(palette.strong(answer.baseline()) + " on " + answer.source() + ": " + sum(answer));
    out.line("");
    out.table("", matrix(answer, palette));
    for (Row row : answer.rows()) {
      if (row.status() == Status.UNMET || row.status() == Status.UNKNOWN) {
        problem(row, out);
      }
    }
    out.line("");
    answer
        .notices()
        .forEach(n -> out.wrapped(n.sort() == Sort.EXPIRED ? "ended" : "note", n.says()));
    answer.controls().stream()
        .filter(c -> !c.unchecked().isEmpty())
        .forEach(c -> out.wrapped("beyond", c.id() + ": not checked: " + c.unchecked()));
    if (!answer.leftOut().isEmpty()) {
      out.wrapped("left out", String.join(", ", answer.leftOut()) + " (system namespaces)");
    }
    Standing.text(answer.missing(), out);
    ExplainReport.judged(answer.pins()).forEach(p -> out.entry("judged", p));
  }

  private static void problem(Row row, Lines out) {
    String where = row.namespace().isEmpty() ? "the cluster" : row.namespace();
    String waived =
        row.waived()
            .map(w -> " (exception of " + w.owner() + " until " + w.expires() + ")")
            .orElse("");
    out.line("");
    out.line(
        cell(row, out.palette())
            + "  "
            + where
            + "  "
            + row.item().key()
            + ": "
            + word(row)
            + waived);
    if (!row.says().isEmpty()) {
      out.wrapped("", row.says());
    }
    for (Proof proof : row.proofs()) {
      out.wrapped("flow", proof.flow());
      out.wrapped(proof.outcome().toString().toLowerCase(Locale.ROOT), proof.because());
      proof.origin().ifPresent(o -> out.entry("at", o.place().text()));
    }
  }

  static String word(Row row) {
    return row.demand().name().toLowerCase(Locale.ROOT);
  }

  /** {@code 2 of 3 namespaces meet it; 4 demands are not met, 1 is not known}. */
  static String sum(BaselineAnswer answer) {
    Map<String, Boolean> namespaces = new LinkedHashMap<>();
    answer.rows().stream()
        .filter(r -> !r.namespace().isEmpty())
        .forEach(
            r -> namespaces.merge(r.namespace(), !r.fails() && !r.open(), Boolean::logicalAnd));
    long met = namespaces.values().stream().filter(v -> v).count();
    long unmet = answer.rows().stream().filter(Row::fails).count();
    long open = answer.rows().stream().filter(Row::open).count();
    long ended = answer.notices().stream().filter(n -> n.sort() == Sort.EXPIRED).count();
    List<String> parts = new ArrayList<>();
    parts.add(met + " of " + namespaces.size() + " namespaces meet it");
    if (unmet > 0) {
      parts.add(unmet + " not met");
    }
    if (open > 0) {
      parts.add(open + " not known");
    }
    if (ended > 0) {
      parts.add(ended + (ended == 1 ? " exception has" : " exceptions have") + " ended");
    }
    return String.join(", ", parts);
  }

  static List<List<String>> matrix(BaselineAnswer answer, Palette palette) {
    List<Item> items =
        answer.rows().stream()
            .map(Row::item)
            .filter(i -> i != Item.ENFORCEMENT)
            .distinct()
            .sorted()
            .toList();
    List<String> head = new ArrayList<>(List.of("NAMESPACE"));
    items.forEach(i -> head.add(shortly(i)));
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (Row row : answer.rows()) {
      if (!row.namespace().isEmpty()) {
        List<String> line = lines.computeIfAbsent(row.namespace(), n -> cells(n, items.size()));
        line.set(items.indexOf(row.item()) + 1, cell(row, palette));
      }
    }
    List<List<String>> out = new ArrayList<>(List.of(head));
    out.addAll(lines.values());
    return out;
  }

  private static List<String> cells(String namespace, int items) {
    List<String> out = new ArrayList<>(List.of(namespace));
    for (int i = 0; i < items; i++) {
      out.add("");
    }
    return out;
  }

  private static String shortly(Item item) {
    return switch (item) {
      case ENFORCEMENT -> "ENFORCED";
      case INGRESS -> "INGRESS";
      case EGRESS -> "EGRESS";
      case SAME_NAMESPACE -> "SAME";
      case DNS -> "DNS";
      case PROBES -> "PROBES";
      case API_SERVER -> "API";
      case WEBHOOKS -> "HOOKS";
      case SCRAPE -> "SCRAPE";
      case INGRESS_PATH -> "PATH";
      case METADATA -> "META";
    };
  }

  private static String cell(Row row, Palette palette) {
    if (row.waived().isPresent() && (row.status() == Status.UNMET || row.open())) {
      return palette.faint("waived");
    }
    return switch (row.status()) {
      case MET -> palette.outcome(Outcome.ALLOWED, "ok");
      case UNMET -> palette.outcome(Outcome.DENIED, "FAIL");
      case UNKNOWN -> palette.outcome(Outcome.UNKNOWN, "?");
      case NOTHING_TO_CHECK -> palette.faint("-");
    };
  }

  static void markdown(BaselineAnswer answer, Markdown out) {
    out.heading(1, "Baseline of " + answer.source());
    out.paragraph(answer.baseline() + ": " + sum(answer) + ".");
    List<List<String>> matrix = matrix(answer, Palette.PLAIN);
    out.table(matrix.getFirst(), matrix.subList(1, matrix.size()));
    out.table(
        List.of("namespace", "demand", "status", "flow", "because"),
        answer.rows().stream()
            .filter(r -> r.status() == Status.UNMET || r.status() == Status.UNKNOWN)
            .map(r ->
                List.of(
                    r.namespace(),
                    r.item().key() + ": " + word(r),
                    cell(r, Palette.PLAIN),
                    r.proofs().stream().findFirst().map(Proof::flow).orElse(""),
                    r.proofs().stream().findFirst().map(Proof::because).orElse(r.says())))
            .toList());
    out.table(
        List.of("control", "asks", "status", "not checked", "source"),
        answer.controls().stream()
            .map(c -> List.of(c.id(), c.asks(), status(c, answer), c.unchecked(), c.source()))
            .toList());
  }
}
