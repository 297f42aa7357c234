package io.github.polverdict.report;

import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer.Case;
import io.github.polverdict.questions.explain.ExplainAnswer.Deciding;
import io.github.polverdict.questions.explain.ExplainAnswer.Gate;
import io.github.polverdict.questions.explain.ExplainAnswer.Way;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.explain.ExplainManyAnswer.Row;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Html.Line;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import io.github.polverdict.report.page.Page;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes why flows pass or not as a page. */
final class ExplainPage {
  private ExplainPage() {}

  static void write(ExplainAnswer answer, Writer out) {
    String flow = answer.from() + " → " + answer.to();
    Html body =
        new Html()
            .headline("explain", flow)
            .verdict(tone(answer.verdict()), answer.verdict().name(), mixed(answer));
    for (Case c : answer.cases()) {
      body.heading(c.from().name() + " → " + c.to().name())
          .verdict(tone(c.verdict()), c.verdict().name(), Connections.all(c.traffic()) + alike(c));
      body.terms(c.unrouted().stream().map(u -> new Term("no way", decision(u))).toList());
      for (Way way : c.ways()) {
        body.table(
            List.of("gate", "engine", "verdict"),
            way.gates().stream().map(g -> line(way, g)).toList());
      }
      body.terms(rest(c));
    }
    section(
        "What is not known", answer.doubts().stream().map(Doubt::text).distinct().toList(), body);
    section(
        "Rests on", answer.quirks().stream().map(q -> q.quirk() + ": " + q.says()).toList(), body);
    section("Notes", answer.notes(), body);
    section("Judged as", ExplainReport.judged(answer.pins()), body);
    new Page("polverdict explain: " + flow, body, "", List.of("filter.js")).write(out);
  }

  private static void section(String title, List<String> items, Html body) {
    if (!items.isEmpty()) {
      body.heading(title).items(items);
    }
  }

  private static String mixed(ExplainAnswer answer) {
    return answer.mixed() ? "It differs by pod, address or traffic." : "";
  }

  private static String alike(Case c) {
    return c.others().isEmpty() ? "" : "; and " + c.others().size() + " more pairs alike";
  }

  private static Line line(Way way, Gate gate) {
    List<Term> details = new ArrayList<>();
    details.add(new Term("because", decision(gate.decision())));
    details.add(new Term("traffic", Connections.all(way.traffic())));
    details.add(
        new Term(
            "peer",
            gate.peer().equals(gate.really())
                ? gate.really()
                : gate.really() + ", seen as " + gate.peer()));
    if (!gate.inside().isEmpty()) {
      details.add(new Term("seen as", gate.inside()));
    }
    String verdict = gate.verdict() + (gate.audited() ? ", but only noted" : "");
    return new Line(
        tone(gate.verdict()),
        gate.verdict().name(),
        gate.direction().name().toLowerCase(Locale.ROOT)
            + " at "
            + gate.subject()
            + ": "
            + gate.decision().sentence(),
        details,
        List.of(gate.plane(), verdict));
  }

  private static String decision(Deciding decision) {
    return decision.sentence()
        + decision.origin().map(o -> "\nat " + o.text()).orElse("")
        + (decision.also().isEmpty() ? "" : "\nand alike: " + String.join(", ", decision.also()));
  }

  private static List<Term> rest(Case c) {
    List<Term> out = new ArrayList<>();
    c.nearMisses()
        .forEach(
            m -> out.add(new Term("near", m.sentence() + "\nat " + m.origin().place().text())));
    String open = c.client().established().isEmpty() ? "" : "; " + c.client().established();
    out.add(new Term("client", c.client().sentence() + open));
    c.doubts().stream().map(Doubt::text).distinct().forEach(d -> out.add(new Term("not known", d)));
    return out;
  }

  static void write(ExplainManyAnswer answer, Writer out) {
    Html body =
        new Html()
            .headline("explain", answer.rows().size() + " flows")
            .paragraph(counts(answer))
            .filter(
                "flows", answer.rows().stream().map(ExplainManyReport::word).distinct().toList())
            .table(
                List.of("flow", "verdict"), answer.rows().stream().map(ExplainPage::line).toList());
    section("Judged as", ExplainReport.judged(answer.pins()), body);
    new Page("polverdict explain: flows", body, "", List.of("filter.js")).write(out);
  }

  /** {@code 3 ALLOWED, 1 DENIED}. */
  static String counts(ExplainManyAnswer answer) {
    return answer.rows().stream()
        .collect(
            Collectors.groupingBy(
                ExplainManyReport::word, java.util.TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  private static Line line(Row row) {
    List<Term> details = new ArrayList<>();
    if (!row.because().isEmpty()) {
      details.add(new Term("because", row.because()));
    }
    row.egress().ifPresent(o -> details.add(new Term("egress", o.name())));
    row.ingress().ifPresent(o -> details.add(new Term("ingress", o.name())));
    row.doubts().forEach(d -> details.add(new Term("not known", d.text())));
    row.refusals().forEach(r -> details.add(new Term("refused", r.message())));
    String word = ExplainManyReport.word(row);
    return new Line(
        row.verdict().map(ExplainPage::tone).orElse(Tone.UNSURE),
        word,
        row.from() + " → " + row.to(),
        details,
        List.of(word));
  }

  static Tone tone(Outcome outcome) {
    return switch (outcome) {
      case ALLOWED -> Tone.GOOD;
      case DENIED -> Tone.BAD;
      case UNKNOWN -> Tone.UNSURE;
    };
  }
}
