package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer.Case;
import io.github.polverdict.questions.explain.ExplainAnswer.Deciding;
import io.github.polverdict.questions.explain.ExplainAnswer.Gate;
import io.github.polverdict.questions.explain.ExplainAnswer.NearMiss;
import io.github.polverdict.questions.explain.ExplainAnswer.Way;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes why a flow passes or not. */
final class ExplainReport {
  private static final int NEAR_MISSES = 2;
  private static final int CASES = 5;
  private static final int DOUBTS = 3;

  private ExplainReport() {}

  static Tree tree(ExplainAnswer answer) {
    return Tree.answer("explain")
        .put("from", answer.from())
        .put("to", answer.to())
        .put("verdict", answer.verdict())
        .put("mixed", answer.mixed())
        .put("gates", answer.gates(), ExplainReport::gate)
        .put("doubts", answer.doubts(), Tree::doubt)
        .put("cases", answer.cases(), ExplainReport::oneCase)
        .put("quirks", answer.quirks(), Tree::quirk)
        .put("pins", answer.pins(), Tree::pin)
        .put("notes", answer.notes());
  }

  private static Tree oneCase(Case c) {
    return Tree.map()
        .put("from", c.from().name())
        .put("to", c.to().name())
        .put("via", c.to().via())
        .put("traffic", Tree.traffic(c.traffic()))
        .put("verdict", c.verdict())
        .put("ways", c.ways(), ExplainReport::way)
        .put("unrouted", c.unrouted().map(ExplainReport::deciding))
        .put("nearMisses", c.nearMisses(), ExplainReport::nearMiss)
        .put(
            "client",
            Tree.map()
                .put("sees", c.client().sees())
                .put("sentence", c.client().sentence())
                .put("established", c.client().established()))
        .put("doubts", c.doubts(), Tree::doubt)
        .put("others", c.others(), p -> Tree.map().put("from", p.from()).put("to", p.to()));
  }

  private static Tree way(Way way) {
    return Tree.map()
        .put("to", way.to().name())
        .put("traffic", Tree.traffic(way.traffic()))
        .put("verdict", way.verdict())
        .put("gates", way.gates(), ExplainReport::gate);
  }

  private static Tree gate(Gate gate) {
    return Tree.map()
        .put("direction", gate.direction())
        .put("verdict", gate.verdict())
        .put("plane", gate.plane())
        .put("subject", gate.subject())
        .put("peer", gate.peer())
        .put("really", gate.really())
        .put("inside", gate.inside())
        .put("decision", deciding(gate.decision()))
        .put("origin", gate.decision().origin().map(Tree::origin))
        .put("audited", gate.audited());
  }

  private static Tree deciding(Deciding deciding) {
    return Tree.map()
        .put("how", deciding.how())
        .put("policy", deciding.policy())
        .put("sentence", deciding.sentence())
        .put("origin", deciding.origin().map(Tree::origin))
        .put("also", deciding.also());
  }

  private static Tree nearMiss(NearMiss miss) {
    return Tree.map()
        .put("policy", miss.policy())
        .put("direction", miss.gate())
        .put("failed", miss.failed())
        .put("sentence", miss.sentence())
        .put("origin", Tree.origin(miss.origin()));
  }

  static void text(ExplainAnswer answer, Lines out) {
    Palette palette = out.palette();
    out.line(
        palette.outcome(answer.verdict())
            + "  "
            + palette.strong(answer.from() + " -> " + answer.to()));
    List<Case> shown = answer.cases().stream().limit(answer.mixed() ? CASES : 1).toList();
    for (Case c : shown) {
      if (answer.mixed()) {
        out.line(
            " "
                + palette.outcome(c.verdict())
                + "  "
                + c.from().name()
                + " -> "
                + c.to().name()
                + "  "
                + Connections.all(c.traffic())
                + (c.others().isEmpty() ? "" : "  and " + c.others().size() + " more alike"));
      }
      oneCase(c, out);
    }
    if (answer.cases().size() > shown.size() && answer.mixed()) {
      out.line(
          " … "
              + (answer.cases().size() - shown.size())
              + " more kinds of result; -o json has all");
    }
    answer.doubts().stream().limit(DOUBTS).forEach(d -> out.entry("unknown", d.text()));
    if (answer.doubts().size() > DOUBTS) {
      out.entry("", "… " + (answer.doubts().size() - DOUBTS) + " more; -o json has all");
    }
    answer.notes().forEach(n -> out.entry("note", n));
    judged(answer.pins()).forEach(p -> out.entry("judged", p));
  }

  private static void oneCase(Case c, Lines out) {
    c.unrouted().ifPresent(u -> out.entry("no way", u.sentence() + place(u)));
    boolean several = c.ways().size() > 1;
    for (Way way : c.ways().stream().limit(CASES).toList()) {
      if (several) {
        out.entry(
            "via",
            way.to().name()
                + " "
                + Connections.all(way.traffic())
                + "  "
                + out.palette().outcome(way.verdict()));
      }
      way.gates().stream()
          .filter(g -> !several || g.verdict() != Outcome.ALLOWED)
          .forEach(g -> gate(g, out));
    }
    c.nearMisses().stream().limit(NEAR_MISSES).forEach(m -> nearMiss(m, out));
    if (c.verdict() == Outcome.DENIED) {
      String open = c.client().established().isEmpty() ? "" : "; " + c.client().established();
      out.entry("client", c.client().sentence() + open);
    }
  }

  private static void gate(Gate gate, Lines out) {
    Deciding decision = gate.decision();
    String as =
        gate.peer().equals(gate.really()) ? "" : ", sees " + gate.really() + " as " + gate.peer();
    String inside = gate.inside().isEmpty() ? "" : ", which sees it as " + gate.inside();
    String also = decision.also().isEmpty() ? "" : " (and " + decision.also().size() + " more)";
    String audited = gate.audited() ? ", but only notes it" : "";
    out.entry(
        gate.direction().name().toLowerCase(Locale.ROOT),
        out.palette().outcome(gate.verdict())
            + " at "
            + gate.subject()
            + as
            + inside
            + ": "
            + decision.sentence()
            + also
            + audited);
    decision.origin().ifPresent(o -> out.entry("", out.palette().faint("at " + o.text())));
  }

  private static void nearMiss(NearMiss miss, Lines out) {
    out.entry("near", miss.sentence() + "  " + out.palette().faint(miss.origin().place().text()));
  }

  private static String place(Deciding deciding) {
    return deciding.origin().map(Origin::text).map(t -> " at " + t).orElse("");
  }

  /** A line for each engine; one for all of those that it may be. */
  static List<String> judged(List<Pin> pins) {
    boolean alike = pins.stream().map(Pin::because).distinct().count() == 1;
    return alike && pins.size() > 2
        ? List.of(
            "each of "
                + pins.stream().map(Pin::dialect).collect(Collectors.joining(", "))
                + ": "
                + String.join("; ", pins.getFirst().because()))
        : pins.stream().map(ExplainReport::pin).toList();
  }

  /** {@code cilium 1.19.4 (profile 3; enable-policy=always): DaemonSet kube-system/cilium …}. */
  private static String pin(Pin pin) {
    StringBuilder out = new StringBuilder(pin.dialect());
    out.append(pin.version().isEmpty() ? "" : " " + pin.version())
        .append(" (profile ")
        .append(pin.profile());
    pin.settings().forEach((k, v) -> out.append("; ").append(k).append('=').append(v));
    out.append(')');
    if (!pin.because().isEmpty()) {
      out.append(", by ").append(pin.because().getFirst());
    }
    pin.assumed().forEach(a -> out.append("; ").append(a));
    return out.toString();
  }

  /** The answer as the one row of a table of flows. */
  static ExplainManyAnswer asRow(ExplainAnswer answer) {
    String because =
        answer.gates().stream()
            .filter(g -> g.verdict() == answer.verdict())
            .findFirst()
            .map(g -> g.decision().sentence())
            .or(() -> answer.doubts().stream().findFirst().map(Doubt::text))
            .or(() -> answer.cases().getFirst().unrouted().map(Deciding::sentence))
            .orElse("");
    return new ExplainManyAnswer(
        List.of(
            new ExplainManyAnswer.Row(
                answer.from(),
                answer.to(),
                Optional.of(answer.verdict()),
                outcome(answer, Direction.EGRESS),
                outcome(answer, Direction.INGRESS),
                because,
                answer.doubts(),
                List.of())),
        answer.pins());
  }

  private static Optional<Outcome> outcome(ExplainAnswer answer, Direction gate) {
    return answer.gates().stream()
        .filter(g -> g.direction() == gate)
        .map(Gate::verdict)
        .findFirst();
  }
}
