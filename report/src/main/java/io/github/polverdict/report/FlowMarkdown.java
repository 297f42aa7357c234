package io.github.polverdict.report;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer.Case;
import io.github.polverdict.questions.explain.ExplainAnswer.Gate;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.parity.ParityAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes verdicts of flows as comments on a pull request. */
final class FlowMarkdown {
  private FlowMarkdown() {}

  static void write(ExplainAnswer answer, Markdown out) {
    out.heading(2, answer.verdict() + ": " + answer.from() + " -> " + answer.to());
    for (Case c : answer.cases()) {
      if (answer.cases().size() > 1) {
        out.paragraph(
            "**%s** %s -> %s, %s%s"
                .formatted(
                    c.verdict(),
                    c.from().name(),
                    c.to().name(),
                    Connections.all(c.traffic()),
                    c.others().isEmpty() ? "" : "; and " + c.others().size() + " more alike"));
      }
      c.unrouted().ifPresent(u -> out.paragraph("No way: " + u.sentence()));
      out.table(
          List.of("gate", "verdict", "because", "where"),
          c.ways().stream()
              .flatMap(w -> w.gates().stream())
              .distinct()
              .map(FlowMarkdown::row)
              .toList());
      out.items(c.nearMisses().stream().map(m -> "near: " + m.sentence()).toList());
    }
    doubts(answer.doubts(), out);
    out.items(answer.notes());
    out.items(judged(ExplainReport.judged(answer.pins())));
  }

  private static List<String> row(Gate gate) {
    return List.of(
        gate.direction().name().toLowerCase(Locale.ROOT) + " of " + gate.subject(),
        gate.verdict() + (gate.audited() ? ", but only noted" : ""),
        gate.decision().sentence(),
        gate.decision().origin().map(o -> o.text()).orElse(""));
  }

  private static void doubts(List<Doubt> doubts, Markdown out) {
    out.items(doubts.stream().map(d -> "not known: " + d.text()).distinct().toList());
  }

  private static List<String> judged(List<String> pins) {
    return pins.stream().map(p -> "judged as " + p).toList();
  }

  static void write(ExplainManyAnswer answer, Markdown out) {
    out.heading(2, answer.rows().size() + " flows: " + ExplainPage.counts(answer));
    out.table(
        List.of("verdict", "flow", "because"),
        answer.rows().stream()
            .map(r -> List.of(ExplainManyReport.word(r), r.from() + " -> " + r.to(), r.because()))
            .toList());
    out.items(judged(ExplainReport.judged(answer.pins())));
  }

  static void write(ConnectivityAnswer answer, Markdown out) {
    out.heading(2, "Who reaches whom in " + answer.source());
    out.paragraph(
        answer.rows().isEmpty()
            ? "Nobody reaches anybody."
            : answer.rows().size() + " pairs; every other pair is denied everything.");
    Map<String, List<List<String>>> bySource = new LinkedHashMap<>();
    for (ConnectivityAnswer.Row row : answer.rows()) {
      String family = row.family().map(f -> " (" + f + ")").orElse("");
      bySource
          .computeIfAbsent(row.src().name(), _ -> new ArrayList<>())
          .add(
              List.of(
                  row.dst().name() + family,
                  words(row.reach().allowed()),
                  words(row.reach().unknown())));
    }
    bySource.forEach((source, rows) ->
        out.details(
            source + " to " + rows.size(),
            () -> out.table(List.of("to", "allowed", "unknown"), rows)));
    doubts(answer.doubts(), out);
    out.items(judged(ExplainReport.judged(answer.pins())));
  }

  private static String words(TrafficSet traffic) {
    return traffic.isEmpty() ? "" : Connections.all(traffic);
  }

  static void write(ParityAnswer answer, Markdown out) {
    List<String> names = answer.engines().stream().map(ParityAnswer.Engine::name).toList();
    out.heading(2, answer.source() + " under " + String.join(", ", names));
    out.paragraph(
        answer.rows().size() + " flows come out differently; " + answer.agreed() + " pairs agree.");
    List<String> head = new ArrayList<>(List.of("flow", "traffic"));
    head.addAll(names);
    for (ParityAnswer.Group group : answer.groups()) {
      String title =
          group.quirks().isEmpty()
              ? "no named deviation"
              : String.join(", ", group.quirks().stream().map(q -> q.quirk()).toList());
      out.details(
          title + ": " + group.rows().size(),
          () -> {
            out.items(group.quirks().stream().map(q -> q.quirk() + ": " + q.says()).toList());
            out.table(head, group.rows().stream().map(i -> row(answer.rows().get(i))).toList());
          });
    }
  }

  private static List<String> row(ParityAnswer.Row row) {
    List<String> cells =
        new ArrayList<>(
            List.of(row.src().name() + " -> " + row.dst().name(), Connections.all(row.traffic())));
    row.results().forEach(r -> cells.add(r.outcome().name()));
    return cells;
  }
}
