package io.github.polverdict.report;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Policy;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what enforces in a cluster and what its policies come to. */
final class InspectReport {
  private InspectReport() {}

  static Tree tree(InspectAnswer answer) {
    return Tree.answer("inspect")
        .put("source", answer.source())
        .put(
            "engines",
            answer.engines(),
            e ->
                Tree.pin(e.pin())
                    .put("nodes", e.nodes())
                    .put("assumedEngine", e.assumed())
                    .put(
                        "reasons",
                        e.because(),
                        r ->
                            Tree.map()
                                .put("says", r.says())
                                .put("origin", Tree.origin(r.origin()))))
        .put(
            "policies",
            answer.policies(),
            p ->
                Tree.map()
                    .put("name", p.name())
                    .put("status", p.status())
                    .put("selects", p.selects())
                    .put("why", p.why())
                    .put("origin", Tree.origin(p.origin())))
        .put("endpoints", answer.endpoints())
        .put("kinds", answer.kinds())
        .put("unread", answer.unread())
        .put("missing", answer.missing(), Tree::missing)
        .put("findings", answer.findings(), Tree::finding);
  }

  static void csv(InspectAnswer answer, Writer out) {
    Serial.csv(out, "policy", "status", "selects", "why", "place");
    for (Policy p : answer.policies()) {
      Serial.csv(
          out,
          p.name(),
          p.status().name(),
          Integer.toString(p.selects()),
          String.join("; ", p.why()),
          p.origin().text());
    }
  }

  static void text(InspectAnswer answer, Lines out) {
    Palette palette = out.palette();
    out.line(palette.strong(answer.source()));
    for (Inventory.Engine engine : answer.engines()) {
      String nodes = engine.nodes().isEmpty() ? "" : " on " + String.join(", ", engine.nodes());
      String version = engine.pin().version().isEmpty() ? "" : " " + engine.pin().version();
      out.entry(
          "engine",
          palette.strong(engine.pin().dialect() + version)
              + nodes
              + (engine.assumed() ? " (assumed)" : ""));
      engine.pin().settings().forEach((k, v) -> out.entry("", k + "=" + v));
      engine.because().forEach(r -> out.entry("", palette.faint(r.says())));
      engine.pin().assumed().forEach(a -> out.entry("", palette.outcome(Outcome.UNKNOWN, a)));
    }
    out.entry("objects", counts(answer.kinds()));
    out.entry("judges", counts(answer.endpoints()));
    if (!answer.unread().isEmpty()) {
      out.entry("unread", counts(answer.unread()) + " (kept and counted; nothing here reads them)");
    }
    Standing.text(answer.missing(), out);
    if (!answer.policies().isEmpty()) {
      out.line("");
      List<List<String>> rows = new ArrayList<>();
      for (Policy p : answer.policies()) {
        rows.add(
            List.of(
                status(p, palette),
                p.name(),
                "selects " + p.selects(),
                String.join("; ", p.why())));
      }
      out.table("  ", rows);
    }
    if (!answer.findings().isEmpty()) {
      out.line("");
      answer.findings().forEach(f -> out.line("  " + Standing.line(f)));
    }
  }

  private static String status(Policy policy, Palette palette) {
    String word = policy.status().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    return switch (policy.status()) {
      case ENFORCED -> palette.outcome(Outcome.ALLOWED, word);
      case PARTLY, UNCERTAIN, AUDIT_ONLY -> palette.outcome(Outcome.UNKNOWN, word);
      case INERT -> palette.outcome(Outcome.DENIED, word);
    };
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }
}
