package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.baseline.PlanAnswer;
import io.github.polverdict.questions.baseline.PlanAnswer.Cut;
import io.github.polverdict.questions.baseline.PlanAnswer.Impact;
import io.github.polverdict.questions.baseline.PlanAnswer.Observed;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Writes what a baseline would cut, and the order in which to apply it. */
final class PlanReport {
  private static final int SHOWN = 8;

  private PlanReport() {}

  static Tree tree(PlanAnswer answer) {
    return Tree.answer("baseline-plan")
        .put("source", answer.source())
        .put("baseline", answer.baseline())
        .put("form", answer.form())
        .put("trial", answer.trial())
        .put("namespaces", answer.namespaces(), PlanReport::impact)
        .put("observed", answer.observed(), PlanReport::observed)
        .put("steps", steps(answer))
        .standing(answer.pins(), answer.missing(), List.of());
  }

  private static Tree impact(Impact impact) {
    return Tree.map()
        .put("namespace", impact.namespace())
        .put("canary", impact.canary())
        .put("observedCut", impact.observed())
        .put(
            "cuts",
            impact.cuts(),
            c ->
                Tree.map()
                    .put("src", c.src().name())
                    .put("dst", c.dst().name())
                    .put("traffic", Tree.traffic(c.traffic()))
                    .put("because", c.because())
                    .put("origin", c.origin().map(Tree::origin)));
  }

  private static Tree observed(Observed flow) {
    return Tree.map()
        .put("from", flow.from())
        .put("to", flow.to())
        .put("now", flow.now())
        .put("then", flow.then())
        .put("cut", flow.cut())
        .put("because", flow.because());
  }

  static void csv(PlanAnswer answer, Writer out) {
    Serial.csv(out, "namespace", "src", "dst", "traffic", "because", "place");
    for (Impact impact : answer.namespaces()) {
      for (Cut cut : impact.cuts()) {
        Serial.csv(
            out,
            impact.namespace(),
            cut.src().name(),
            cut.dst().name(),
            Connections.all(cut.traffic()),
            cut.because(),
            cut.origin().map(Origin::text).orElse(""));
      }
    }
    for (Observed flow : answer.observed()) {
      if (flow.cut()) {
        Serial.csv(out, "(observed)", flow.from(), flow.to(), "", flow.because(), "");
      }
    }
  }

  static void text(PlanAnswer answer, Lines out) {
    Palette palette = out.palette();
    out.line(palette.strong(answer.baseline()) + " on " + answer.source() + ": " + sum(answer));
    if (!answer.observed().isEmpty()) {
      observed(answer, out);
    }
    for (Impact impact : answer.namespaces()) {
      out.line("");
      String canary = impact.canary() ? "  (canary)" : "";
      out.line(palette.strong(impact.namespace()) + canary + "  " + counted(impact, answer));
      List<List<String>> rows = new ArrayList<>();
      impact.cuts().stream()
          .limit(SHOWN)
          .forEach(c ->
              rows.add(
                  List.of(c.src().name() + " -> " + c.dst().name(), Connections.all(c.traffic()))));
      out.table("  ", rows);
      if (impact.cuts().size() > SHOWN) {
        out.line("  … " + (impact.cuts().size() - SHOWN) + " more; -o csv has all");
      }
    }
    out.line("");
    List<String> steps = steps(answer);
    for (int i = 0; i < steps.size(); i++) {
      out.wrapped("step " + (i + 1), steps.get(i));
    }
    Standing.text(answer.missing(), out);
    ExplainReport.judged(answer.pins()).forEach(p -> out.entry("judged", p));
  }

  private static void observed(PlanAnswer answer, Lines out) {
    for (Observed flow : answer.observed()) {
      if (flow.then().isEmpty()) {
        out.wrapped(
            "flow", flow.from() + " -> " + flow.to() + " is not understood: " + flow.because());
      } else if (flow.cut()) {
        out.line(
            out.palette().outcome(Outcome.DENIED, "CUT")
                + "    "
                + flow.from()
                + " -> "
                + flow.to());
        out.wrapped("because", flow.because());
      }
    }
  }

  /** What would become of an observed flow. */
  static String word(Observed flow) {
    return flow.cut() ? "cut" : flow.then().isEmpty() ? "not understood" : "stays";
  }

  static void markdown(PlanAnswer answer, Markdown out) {
    out.heading(1, "Plan of " + answer.baseline() + " on " + answer.source());
    out.paragraph(sum(answer) + ".");
    out.items(steps(answer));
    out.table(
        List.of("observed flow", "then", "because"),
        answer.observed().stream()
            .filter(f -> !word(f).equals("stays"))
            .map(f -> List.of(f.from() + " → " + f.to(), word(f), f.because()))
            .toList());
    for (Impact impact : answer.namespaces()) {
      String canary = impact.canary() ? " (canary)" : "";
      out.details(
          impact.namespace() + canary + ": " + counted(impact, answer),
          () ->
              out.table(
                  List.of("loses", "traffic", "because"),
                  impact.cuts().stream()
                      .map(c ->
                          List.of(
                              c.src().name() + " → " + c.dst().name(),
                              Connections.all(c.traffic()),
                              c.because()))
                      .toList()));
    }
  }

  /** {@code 2 of 40 observed flows would be cut, 1 not understood}. */
  static String sum(PlanAnswer answer) {
    if (answer.observed().isEmpty()) {
      long cuts = answer.namespaces().stream().mapToLong(i -> i.cuts().size()).sum();
      return cuts == 0
          ? "it cuts nothing that is declared"
          : "what it would cut of what may pass now; --flows says which of it is used";
    }
    long cut = answer.observed().stream().filter(Observed::cut).count();
    long lost = answer.observed().stream().filter(o -> !o.understood()).count();
    return cut
        + " of "
        + answer.observed().size()
        + " observed flows would be cut"
        + (lost == 0 ? "" : ", " + lost + " not understood");
  }

  static String counted(Impact impact, PlanAnswer answer) {
    String pairs =
        impact.cuts().size() == 1
            ? "1 pair loses something"
            : impact.cuts().size() + " pairs lose something";
    return answer.observed().isEmpty() ? pairs : pairs + ", " + impact.observed() + " observed";
  }

  /** The order of things, one sentence each. */
  static List<String> steps(PlanAnswer answer) {
    List<String> out = new ArrayList<>();
    out.add(
        "allow what is cut and needed, by policies of the workloads, before anything is denied");
    out.add("try it without effect: " + answer.trial());
    answer.namespaces().stream()
        .limit(1)
        .forEach(i ->
            out.add(
                "begin with "
                    + i.namespace()
                    + ": polverdict baseline generate … -n "
                    + i.namespace()
                    + " | kubectl apply -f -; then polverdict verify -n "
                    + i.namespace()
                    + "; undo by kubectl delete -f with the same"));
    List<String> calm =
        answer.namespaces().stream()
            .skip(1)
            .filter(PlanReport::calm)
            .map(Impact::namespace)
            .toList();
    List<String> others =
        answer.namespaces().stream().skip(1).filter(i -> !calm(i)).map(Impact::namespace).toList();
    if (!calm.isEmpty()) {
      out.add("then those that lose nothing: " + String.join(", ", calm));
    }
    if (!others.isEmpty()) {
      out.add("then, one by one: " + String.join(", ", others));
    }
    out.add(
        "then all, in one form: polverdict baseline generate ("
            + answer.form()
            + "); it says how to delete what the steps before have left");
    return out;
  }

  private static boolean calm(Impact impact) {
    return impact.cuts().isEmpty() && impact.observed() == 0;
  }
}
