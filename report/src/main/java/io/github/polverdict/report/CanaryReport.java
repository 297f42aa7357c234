package io.github.polverdict.report;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.canary.CanaryRun;
import io.github.polverdict.core.model.canary.CanaryRun.Actor;
import io.github.polverdict.core.model.canary.Wire;
import io.github.polverdict.questions.canary.CanaryAnswer;
import io.github.polverdict.questions.canary.CanaryAnswer.Latency;
import io.github.polverdict.questions.canary.CanaryAnswer.Row;
import io.github.polverdict.questions.canary.CanaryAnswer.Standing;
import io.github.polverdict.questions.canary.CanaryAnswer.Step;
import io.github.polverdict.report.page.Html.Term;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes whether a cluster enforces policies, and what showed it. */
final class CanaryReport {
  private CanaryReport() {}

  static void text(CanaryAnswer answer, Lines out) {
    Outcome colour =
        switch (answer.result()) {
          case ENFORCED -> Outcome.ALLOWED;
          case UNDECIDED -> Outcome.UNKNOWN;
          case PARTLY, NOT_ENFORCED, TOO_MUCH -> Outcome.DENIED;
        };
    out.line(out.palette().outcome(colour, word(answer)) + "  " + answer.says());
    answer.lookAt().forEach(l -> out.entry("look at", l));
    circumstances(answer).forEach(t -> out.entry(t.word(), t.text()));
    steps(answer, out);
  }

  /** {@code NOT ENFORCED}. */
  static String word(CanaryAnswer answer) {
    return answer.result().name().replace('_', ' ');
  }

  /** Which cluster it was, when, with what, by whom. */
  static List<Term> circumstances(CanaryAnswer answer) {
    CanaryRun.Place place = answer.run().place();
    List<Term> out = new ArrayList<>();
    out.add(new Term("engine", answer.engine().says() + ": " + fit(answer)));
    out.add(
        new Term(
            "cluster",
            "%s, kube-system %s, Kubernetes %s"
                .formatted(place.cluster(), known(place.uid()), known(place.server()))));
    long seconds = Duration.between(place.began(), place.ended()).toSeconds();
    out.add(new Term("when", "%s, for %d s".formatted(place.began(), seconds)));
    for (Actor actor : place.actors()) {
      out.add(
          new Term(
              actor.cast().pod(),
              "%s on node %s, kernel %s, %s"
                  .formatted(
                      actor.address(),
                      actor.node().name(),
                      actor.node().kernel(),
                      actor.node().runtime())));
    }
    out.add(new Term("image", place.image()));
    out.add(new Term("by", place.by()));
    return out;
  }

  private static String known(String text) {
    return text.isEmpty() ? "not known" : text;
  }

  static String fit(CanaryAnswer answer) {
    return switch (answer.engine().fit()) {
      case AGREES -> "agrees";
      case CONTRADICTS -> "contradicts";
      case NOT_KNOWN -> "cannot be compared";
    };
  }

  private static void steps(CanaryAnswer answer, Lines out) {
    if (answer.steps().isEmpty()) {
      return;
    }
    out.line("");
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("packets"));
    answer.steps().forEach(s -> head.add(s.id()));
    table.add(head);
    table.addAll(packets(answer));
    out.table("  ", table);
    if (answer.steps().stream().flatMap(s -> s.rows().stream()).anyMatch(CanaryReport::odd)) {
      out.line("  (!) is not as the step's policies say");
    }
    out.line("");
    range(answer.latencies().stream().filter(Latency::opens).toList(), "opens", out);
    range(answer.latencies().stream().filter(l -> !l.opens()).toList(), "closes", out);
    answer.steps().forEach(step -> held(step, out));
  }

  /** A line for each way of packets: its name, and what was seen in each step. */
  static List<List<String>> packets(CanaryAnswer answer) {
    List<List<String>> out = new ArrayList<>();
    for (Row first : answer.steps().isEmpty() ? List.<Row>of() : answer.steps().getFirst().rows()) {
      List<String> line = new ArrayList<>(List.of(first.seen().wire().text()));
      for (Step step : answer.steps()) {
        line.add(
            step.rows().stream()
                .filter(r -> r.seen().wire().equals(first.seen().wire()))
                .map(CanaryReport::cell)
                .findFirst()
                .orElse(""));
      }
      out.add(line);
    }
    return out;
  }

  private static void held(Step step, Lines out) {
    for (CanaryRun.Kept kept : step.kept()) {
      if (stopped(step, kept.wire())) {
        String fate = kept.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        out.entry(
            "held",
            "%s over %s: %s, %s".formatted(kept.wire().text(), step.id(), fate, kept.detail()));
      }
    }
  }

  /** Whether new connections were stopped, so that a held one tells something. */
  private static boolean stopped(Step step, Wire wire) {
    return step.rows().stream()
        .anyMatch(r -> r.seen().wire().equals(wire) && !r.passes() && !odd(r));
  }

  static boolean odd(Row row) {
    return row.standing() != Standing.AS_EXPECTED;
  }

  static String cell(Row row) {
    return row.seen().sign().name() + (odd(row) ? " (!)" : "");
  }

  private static void range(List<Latency> latencies, String word, Lines out) {
    if (!latencies.isEmpty()) {
      var millis = latencies.stream().mapToLong(l -> l.after().toMillis()).summaryStatistics();
      out.entry(
          word,
          "%d to %d ms after the server had taken the policy (%d seen)"
              .formatted(millis.getMin(), millis.getMax(), millis.getCount()));
    }
  }

  static void markdown(CanaryAnswer answer, Markdown out) {
    out.heading(2, word(answer) + ": " + answer.says());
    out.items(answer.lookAt());
    List<List<String>> rows = new ArrayList<>();
    for (Step step : answer.steps()) {
      step.rows().forEach(r -> rows.add(List.of(step.id(), r.seen().wire().text(), cell(r))));
    }
    out.table(List.of("step", "packets", "seen"), rows);
  }

  static void csv(CanaryAnswer answer, Writer out) {
    Serial.csv(out, "step", "wire", "passes", "sign", "standing", "tries", "afterMs", "detail");
    for (Step step : answer.steps()) {
      for (Row row : step.rows()) {
        Serial.csv(
            out,
            step.id(),
            row.seen().wire().text(),
            String.valueOf(row.passes()),
            row.seen().sign().name(),
            row.standing().name(),
            String.valueOf(row.seen().tries()),
            row.seen().after().map(d -> String.valueOf(d.toMillis())).orElse(""),
            row.seen().detail());
      }
    }
  }

  static Tree tree(CanaryAnswer answer) {
    CanaryRun.Place place = answer.run().place();
    return Tree.answer("canary")
        .put("result", answer.result())
        .put("says", answer.says())
        .put("lookAt", answer.lookAt())
        .put(
            "engine",
            Tree.map()
                .put("says", answer.engine().says())
                .put("fit", answer.engine().fit())
                .put("pins", answer.engine().pins(), Tree::pin)
                .put("facts", answer.engine().facts()))
        .put(
            "cluster",
            Tree.map()
                .put("name", place.cluster())
                .put("uid", place.uid())
                .put("version", place.server()))
        .put("namespace", place.namespace())
        .put("image", place.image())
        .put("by", place.by())
        .put("began", place.began().toString())
        .put("ended", place.ended().toString())
        .put("pods", place.actors(), CanaryReport::actor)
        .put("steps", answer.steps(), s -> step(s, answer.run()))
        .put("latencies", answer.latencies(), CanaryReport::latency)
        .put(
            "inputs",
            answer.inputs(),
            i -> Tree.map().put("name", i.name()).put("sha256", i.sha256()));
  }

  private static Tree actor(Actor actor) {
    return Tree.map()
        .put("name", actor.cast().pod())
        .put("address", actor.address())
        .put("imageId", actor.imageId())
        .put("node", actor.node().name())
        .put("kernel", actor.node().kernel())
        .put("os", actor.node().os())
        .put("kubelet", actor.node().kubelet())
        .put("runtime", actor.node().runtime());
  }

  private static Tree step(Step step, CanaryRun run) {
    return Tree.map()
        .put("id", step.id())
        .put("says", step.says())
        .put("role", step.role())
        .put(
            "at",
            run.steps().stream()
                .filter(t -> t.id().equals(step.id()))
                .map(t -> t.at().toString())
                .findFirst())
        .put(
            "packets",
            step.rows(),
            r ->
                Tree.map()
                    .put("wire", r.seen().wire().text())
                    .put("passes", r.passes())
                    .put("sign", r.seen().sign())
                    .put("standing", r.standing())
                    .put("tries", r.seen().tries())
                    .put("afterMs", r.seen().after().map(CanaryReport::millis))
                    .put("detail", r.seen().detail()))
        .put(
            "held",
            step.kept(),
            k ->
                Tree.map()
                    .put("wire", k.wire().text())
                    .put("fate", k.fate())
                    .put("detail", k.detail()));
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  private static Tree latency(Latency latency) {
    return Tree.map()
        .put("step", latency.step())
        .put("wire", latency.wire().text())
        .put("opens", latency.opens())
        .put("afterMs", millis(latency.after()));
  }
}
