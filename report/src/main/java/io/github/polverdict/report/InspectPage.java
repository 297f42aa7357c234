package io.github.polverdict.report;

import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Namespace;
import io.github.polverdict.questions.inspect.InspectAnswer.Node;
import io.github.polverdict.questions.inspect.InspectAnswer.Policy;
import io.github.polverdict.questions.inspect.Stance;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what enforces, the defaults of namespaces, policies and nodes as a page. */
final class InspectPage {
  private InspectPage() {}

  static void write(InspectAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("inspect", answer.source())
            .terms(overview(answer))
            .filter("lines", List.of("engine", "namespace", "policy", "node"));
    section(
        "Engines",
        List.of("engine", "nodes"),
        answer.engines().stream().map(InspectPage::engine).toList(),
        body);
    section(
        "Default stances",
        List.of("namespace", "pods", "ingress", "egress"),
        answer.namespaces().stream().map(InspectPage::namespace).toList(),
        body);
    section(
        "Policies",
        List.of("policy", "selects", "status"),
        answer.policies().stream().map(InspectPage::policy).toList(),
        body);
    section(
        "Nodes",
        List.of("node", "pods", "judged by"),
        answer.nodes().stream().map(InspectPage::node).toList(),
        body);
    List<String> missing = answer.missing().stream().map(m -> m.what() + ": " + m.why()).toList();
    if (!missing.isEmpty()) {
      body.heading("Not read").items(missing);
    }
    if (!answer.findings().isEmpty()) {
      body.heading("Findings").items(answer.findings().stream().map(Standing::line).toList());
    }
    new Page("polverdict inspect: " + answer.source(), body, "", List.of("filter.js")).write(out);
  }

  private static void section(String title, List<String> head, List<Line> lines, Html body) {
    if (!lines.isEmpty()) {
      body.fragment("<section>\n").heading(title).table(head, lines).fragment("</section>\n");
    }
  }

  private static List<Term> overview(InspectAnswer answer) {
    List<Term> out = new ArrayList<>();
    out.add(new Term("enforced", InspectReport.enforced(answer.enforcement(), Palette.PLAIN)));
    answer.platforms().forEach(p -> out.add(new Term("platform", p.title())));
    out.add(new Term("objects", InspectReport.counts(answer.kinds())));
    out.add(new Term("judges", InspectReport.counts(answer.endpoints())));
    if (!answer.unread().isEmpty()) {
      out.add(new Term("unread", InspectReport.counts(answer.unread())));
    }
    out.add(new Term("open", String.join(", ", StanceReport.open(answer))));
    return out;
  }

  private static Line engine(Inventory.Engine engine) {
    List<Term> details = new ArrayList<>();
    engine.because().forEach(r -> details.add(new Term("known from", r.says())));
    for (Map.Entry<String, String> setting : engine.pin().settings().entrySet()) {
      details.add(new Term("setting", setting.getKey() + "=" + setting.getValue()));
    }
    engine.pin().assumed().forEach(a -> details.add(new Term("assumed", a)));
    String nodes = engine.nodes().isEmpty() ? "all" : String.join(", ", engine.nodes());
    String name = InspectReport.named(engine) + (engine.assumed() ? " (assumed)" : "");
    return new Line(
        engine.assumed() ? Tone.UNSURE : Tone.PLAIN, "engine", name, details, List.of(nodes));
  }

  private static Line namespace(Namespace namespace) {
    List<Term> details =
        List.of(
            new Term("ingress", StanceReport.because(namespace.ingress())),
            new Term("egress", StanceReport.because(namespace.egress())));
    return new Line(
        namespace.open() ? Tone.BAD : Tone.PLAIN,
        "namespace",
        namespace.name(),
        details,
        List.of(
            Integer.toString(namespace.pods()),
            word(namespace.ingress()),
            word(namespace.egress())));
  }

  private static String word(Stance stance) {
    return stance.word().name();
  }

  private static Line policy(Policy policy) {
    List<Term> details =
        new ArrayList<>(policy.why().stream().map(w -> new Term("why", w)).toList());
    details.add(new Term("at", policy.origin().text()));
    Tone tone =
        switch (policy.status()) {
          case ENFORCED -> Tone.GOOD;
          case PARTLY, UNCERTAIN, AUDIT_ONLY -> Tone.UNSURE;
          case INERT -> Tone.BAD;
        };
    return new Line(
        tone,
        "policy",
        policy.name(),
        details,
        List.of(Integer.toString(policy.selects()), InspectReport.word(policy.status())));
  }

  private static Line node(Node node) {
    List<Term> details = new ArrayList<>();
    if (!node.why().isEmpty()) {
      details.add(new Term("why", node.why()));
    }
    node.hostPolicies().forEach(p -> details.add(new Term("itself under", p)));
    String by =
        node.exempt()
            ? "nothing: exempt"
            : node.judgedBy().stream().collect(Collectors.joining(", "));
    return new Line(
        node.exempt() ? Tone.BAD : Tone.PLAIN,
        "node",
        node.name(),
        details,
        List.of(Integer.toString(node.pods()), by));
  }
}
