package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Enforcement;
import io.github.polverdict.questions.inspect.InspectAnswer.Namespace;
import io.github.polverdict.questions.inspect.InspectAnswer.Node;
import io.github.polverdict.questions.inspect.InspectAnswer.Policy;
import io.github.polverdict.questions.inspect.Stance;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what enforces in a cluster and what its policies and nodes come to. */
final class InspectReport {
  private InspectReport() {}

  static Tree tree(InspectAnswer answer) {
    return Tree.answer("inspect")
        .put("source", answer.source())
        .put("enforcement", enforcement(answer.enforcement()))
        .put(
            "platforms",
            answer.platforms(),
            p ->
                Tree.map()
                    .put("id", p.id())
                    .put("title", p.title())
                    .put("nodes", p.nodes())
                    .put("reasons", p.because(), InspectReport::reason))
        .put(
            "engines",
            answer.engines(),
            e ->
                Tree.pin(e.pin())
                    .put("nodes", e.nodes())
                    .put("assumedEngine", e.assumed())
                    .put("reasons", e.because(), InspectReport::reason))
        .put("namespaces", answer.namespaces(), StanceReport::namespace)
        .put("open", StanceReport.open(answer))
        .put("nodes", answer.nodes(), InspectReport::node)
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

  static Tree enforcement(Enforcement enforcement) {
    return Tree.map()
        .put("extent", enforcement.extent())
        .put("by", enforcement.by())
        .put("says", enforcement.says());
  }

  private static Tree reason(Inventory.Reason reason) {
    return Tree.map().put("says", reason.says()).put("origin", Tree.origin(reason.origin()));
  }

  private static Tree node(Node node) {
    return Tree.map()
        .put("name", node.name())
        .put("os", node.os())
        .put("platforms", node.platforms())
        .put("judgedBy", node.judgedBy())
        .put("exempt", node.exempt())
        .put("why", node.why())
        .put("pods", node.pods())
        .put("hostPods", node.hostPods())
        .put("hostPolicies", node.hostPolicies());
  }

  /** One row for each thing that is said; the first column says what sort of thing it is. */
  static void csv(InspectAnswer answer, Writer out) {
    Serial.csv(out, "what", "name", "status", "count", "why", "place");
    Enforcement enforcement = answer.enforcement();
    row(
        out,
        "enforcement",
        String.join(" ", enforcement.by()),
        enforcement.extent().name(),
        "",
        enforcement.says());
    for (Inventory.Platform p : answer.platforms()) {
      row(out, "platform", p.id(), "", count(p.nodes().size()), says(p.because()));
    }
    for (Inventory.Engine e : answer.engines()) {
      String status = e.assumed() ? "ASSUMED" : "SEEN";
      row(out, "engine", named(e), status, count(e.nodes().size()), says(e.because()));
    }
    for (Namespace n : answer.namespaces()) {
      stance(out, "ingress", n, n.ingress());
      stance(out, "egress", n, n.egress());
    }
    for (Node n : answer.nodes()) {
      row(
          out,
          "node",
          n.name(),
          n.exempt() ? "EXEMPT" : n.why().isEmpty() ? "JUDGED" : "NOT_KNOWN",
          count(n.pods()),
          n.why());
    }
    for (Policy p : answer.policies()) {
      String why = String.join("; ", p.why());
      Serial.csv(
          out, "policy", p.name(), p.status().name(), count(p.selects()), why, p.origin().text());
    }
    for (Missing m : answer.missing()) {
      Serial.csv(out, "missing", m.what(), "NOT_READ", "", m.why(), m.origin().text());
    }
    for (Finding f : answer.findings()) {
      Serial.csv(out, "finding", f.code(), f.severity().name(), "", f.message(), f.origin().text());
    }
  }

  private static void stance(Writer out, String direction, Namespace n, Stance stance) {
    String name = n.name() + " " + direction;
    row(out, "stance", name, stance.word().name(), count(n.pods()), StanceReport.because(stance));
  }

  private static void row(Writer out, String what, String name, String status, String... rest) {
    Serial.csv(out, what, name, status, rest[0], rest[1], "");
  }

  private static String count(int number) {
    return Integer.toString(number);
  }

  private static String says(List<Inventory.Reason> reasons) {
    return reasons.stream().map(Inventory.Reason::says).collect(Collectors.joining("; "));
  }

  static String named(Inventory.Engine engine) {
    return engine.pin().dialect()
        + (engine.pin().version().isEmpty() ? "" : " " + engine.pin().version());
  }

  /** {@code yes, by cilium 1.19.4}. */
  static String enforced(Enforcement enforcement, Palette palette) {
    return switch (enforcement.extent()) {
      case ENFORCED -> palette.outcome(Outcome.ALLOWED, "yes") + ", by " + enforcement.says();
      case PARTLY -> palette.outcome(Outcome.UNKNOWN, "partly") + ", by " + enforcement.says();
      case AUDIT_ONLY -> palette.outcome(Outcome.UNKNOWN, "no") + ": " + enforcement.says();
      case NOT_ENFORCED -> palette.outcome(Outcome.DENIED, "no") + ": " + enforcement.says();
      case NOT_KNOWN -> palette.outcome(Outcome.UNKNOWN, "not known") + ": " + enforcement.says();
    };
  }

  static void text(InspectAnswer answer, Lines out) {
    Palette palette = out.palette();
    out.line(palette.strong(answer.source()));
    out.entry("enforced", enforced(answer.enforcement(), palette));
    for (Inventory.Platform platform : answer.platforms()) {
      out.entry("platform", platform.title() + on(platform.nodes()));
      out.entry("", palette.faint(says(platform.because())));
    }
    engines(answer, out);
    out.entry("objects", some(answer.kinds()));
    out.entry("judges", some(answer.endpoints()));
    nodes(answer, out);
    if (!answer.unread().isEmpty()) {
      out.entry("unread", counts(answer.unread()) + " (kept and counted; nothing here reads them)");
    }
    Standing.text(answer.missing(), out);
    if (!answer.namespaces().isEmpty()) {
      out.line("");
      StanceReport.table(answer, out);
      out.line("");
      StanceReport.openLine(answer, out);
    }
    if (!answer.policies().isEmpty()) {
      out.line("");
      out.table("  ", policies(answer, palette));
    }
    if (!answer.findings().isEmpty()) {
      out.line("");
      answer.findings().forEach(f -> out.line("  " + Standing.line(f)));
    }
  }

  /** How many names are listed before they are only counted. */
  private static final int LISTED = 8;

  private static String on(List<String> nodes) {
    if (nodes.isEmpty()) {
      return "";
    }
    return nodes.size() > LISTED
        ? " on " + nodes.size() + " nodes"
        : " on " + String.join(", ", nodes);
  }

  private static void engines(InspectAnswer answer, Lines out) {
    Palette palette = out.palette();
    if (answer.engines().size() > 2
        && answer.engines().stream().allMatch(Inventory.Engine::assumed)) {
      ExplainReport.judged(answer.engines().stream().map(Inventory.Engine::pin).toList())
          .forEach(line -> out.entry("engine", line));
      return;
    }
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
  }

  private static String unexempt(List<Node> nodes) {
    return nodes.stream()
        .map(Node::why)
        .filter(why -> !why.isEmpty())
        .findFirst()
        .map(why -> ": " + why)
        .orElse(", none exempt");
  }

  private static void nodes(InspectAnswer answer, Lines out) {
    List<Node> exempt = answer.nodes().stream().filter(Node::exempt).toList();
    if (answer.nodes().isEmpty()) {
      return;
    }
    out.entry(
        "nodes",
        exempt.isEmpty()
            ? answer.nodes().size() + unexempt(answer.nodes())
            : "%d, of which %d exempt".formatted(answer.nodes().size(), exempt.size()));
    exempt.stream()
        .limit(LISTED)
        .forEach(n ->
            out.entry(
                "",
                "%s exempt%s: %s"
                    .formatted(n.name(), n.os().isEmpty() ? "" : " (" + n.os() + ")", n.why())));
    answer.nodes().stream()
        .filter(n -> !n.hostPolicies().isEmpty())
        .limit(LISTED)
        .forEach(n ->
            out.entry("", n.name() + " itself is under " + String.join(", ", n.hostPolicies())));
  }

  private static List<List<String>> policies(InspectAnswer answer, Palette palette) {
    List<List<String>> rows = new ArrayList<>();
    for (Policy p : answer.policies()) {
      rows.add(
          List.of(
              status(p, palette), p.name(), "selects " + p.selects(), String.join("; ", p.why())));
    }
    return rows;
  }

  private static String status(Policy policy, Palette palette) {
    String word = word(policy.status());
    return switch (policy.status()) {
      case ENFORCED -> palette.outcome(Outcome.ALLOWED, word);
      case PARTLY, UNCERTAIN, AUDIT_ONLY -> palette.outcome(Outcome.UNKNOWN, word);
      case INERT -> palette.outcome(Outcome.DENIED, word);
    };
  }

  static String word(InspectAnswer.Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String some(Map<String, Integer> counts) {
    return counts.isEmpty() ? "none" : counts(counts);
  }

  static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  static void markdown(InspectAnswer answer, Markdown out) {
    out.heading(1, "Inspection of " + answer.source());
    out.paragraph("Enforced: " + enforced(answer.enforcement(), Palette.PLAIN));
    out.heading(2, "Engines");
    List<List<String>> engines = new ArrayList<>();
    for (Inventory.Engine e : answer.engines()) {
      engines.add(
          List.of(
              named(e) + (e.assumed() ? " (assumed)" : ""),
              e.nodes().isEmpty() ? "all" : String.join(", ", e.nodes()),
              e.pin().settings().entrySet().stream()
                  .map(s -> Markdown.code(s.getKey() + "=" + s.getValue()))
                  .collect(Collectors.joining(", ")),
              says(e.because())));
    }
    out.table(List.of("engine", "nodes", "settings", "known from"), engines);
    out.table(
        List.of("platform", "nodes", "known from"),
        answer.platforms().stream()
            .map(p -> List.of(p.title(), String.join(", ", p.nodes()), says(p.because())))
            .toList());
    if (!answer.namespaces().isEmpty()) {
      out.heading(2, "Default stances");
      StanceReport.section(answer, out);
    }
    if (!answer.policies().isEmpty()) {
      out.heading(2, "Policies");
    }
    out.table(List.of("status", "policy", "selects", "why"), policies(answer, Palette.PLAIN));
    if (!answer.nodes().isEmpty()) {
      out.heading(2, "Nodes");
    }
    out.table(
        List.of("node", "judged by", "exempt", "pods"),
        answer.nodes().stream()
            .map(n ->
                List.of(
                    n.name(),
                    String.join(", ", n.judgedBy()),
                    n.why().isEmpty() ? "no" : n.why(),
                    count(n.pods())))
            .toList());
    rest(answer, out);
  }

  private static void rest(InspectAnswer answer, Markdown out) {
    if (!answer.missing().isEmpty()) {
      out.heading(2, "Not read");
      out.items(answer.missing().stream().map(m -> m.what() + ": " + m.why()).toList());
    }
    if (!answer.findings().isEmpty()) {
      out.heading(2, "Findings");
      out.items(answer.findings().stream().map(Standing::line).toList());
    }
  }
}
