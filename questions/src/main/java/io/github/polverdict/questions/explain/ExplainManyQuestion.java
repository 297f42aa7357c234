package io.github.polverdict.questions.explain;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainManyAnswer.Row;
import io.github.polverdict.questions.naming.FlowResolver;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of many flows pass?
 *
 * @param flows as in {@link ExplainQuestion}
 */
public record ExplainManyQuestion(List<Pair> flows, String defaultNamespace) {

  /** The words for one flow. */
  public record Pair(String from, String to) {}

  public ExplainManyQuestion {
    flows = List.copyOf(flows);
  }

  public ExplainManyAnswer ask(Bench bench) {
    FlowResolver resolver = new FlowResolver(bench, defaultNamespace);
    List<Row> rows = new ArrayList<>();
    for (Pair flow : flows) {
      ExplainQuestion question = new ExplainQuestion(flow.from(), flow.to(), defaultNamespace);
      rows.add(
          switch (question.asks(bench, resolver)) {
            case Reply.Refused<Asks>(List<Refusal> refusals) -> refused(flow, refusals);
            case Reply.Answered<Asks>(Asks asks) -> judged(flow, bench, asks);
          });
    }
    return new ExplainManyAnswer(rows, bench.model().pins());
  }

  private static Row refused(Pair flow, List<Refusal> refusals) {
    String because = refusals.stream().map(Refusal::message).collect(Collectors.joining("; "));
    return new Row(
        flow.from(),
        flow.to(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        because,
        List.of(),
        refusals);
  }

  private static Row judged(Pair flow, Bench bench, Asks asks) {
    List<Verdict> verdicts = asks.all().stream().map(a -> bench.judge().judge(a.flow())).toList();
    Set<Outcome> outcomes = new HashSet<>();
    verdicts.forEach(v -> outcomes.add(v.outcome()));
    if (outcomes.size() > 1) {
      return mixed(flow, verdicts);
    }
    Verdict first = verdicts.getFirst();
    return new Row(
        flow.from(),
        flow.to(),
        Optional.of(first.outcome()),
        Cases.at(first, Direction.EGRESS),
        Cases.at(first, Direction.INGRESS),
        because(first),
        verdicts.stream().flatMap(v -> v.doubts().stream()).distinct().toList(),
        List.of());
  }

  private static Row mixed(Pair flow, List<Verdict> verdicts) {
    long allowed = verdicts.stream().filter(v -> v.outcome() == Outcome.ALLOWED).count();
    long denied = verdicts.stream().filter(v -> v.outcome() == Outcome.DENIED).count();
    String because =
        "it differs: %d of its %d flows are allowed, %d are denied"
            .formatted(allowed, verdicts.size(), denied);
    Doubt doubt = new Doubt.KnownAtRuntime(because, new Origin.Said(flow.from() + "," + flow.to()));
    return new Row(
        flow.from(),
        flow.to(),
        Optional.of(Outcome.UNKNOWN),
        Optional.of(Outcome.UNKNOWN),
        Optional.of(Outcome.UNKNOWN),
        because,
        List.of(doubt),
        List.of());
  }

  private static String because(Verdict verdict) {
    Reason reason = Reasons.of(verdict);
    return reason.sentence() + reason.origin().map(o -> " (" + place(o) + ")").orElse("");
  }

  /** Only the place: the sentence has named the object. */
  private static String place(Origin origin) {
    return switch (origin.place()) {
      case Origin.InFile f -> f.path() + ":" + f.line() + ":" + f.column();
      case Origin other -> other.text();
    };
  }
}
