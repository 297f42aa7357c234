package io.github.polverdict.questions.verify;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.verify.VerifyAnswer.Predicted;
import io.github.polverdict.questions.verify.VerifyAnswer.Row;
import io.github.polverdict.questions.verify.VerifyAnswer.Tally;
import io.github.polverdict.questions.verify.choice.Choice;
import io.github.polverdict.questions.verify.choice.Place;
import io.github.polverdict.questions.words.Quirks;
import io.github.polverdict.questions.words.Reasons;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Do packets do what is predicted? Asked in two steps, with the packets in between.
 *
 * @param namespaces the only namespaces whose pods send; empty for all
 * @param outside addresses outside of the cluster that may be called
 * @param budget the most flows to try, at least 1
 * @param seed of the choice
 */
public record VerifyQuestion(
    Set<String> namespaces, List<IpAddress> outside, int budget, long seed) {
  public VerifyQuestion {
    namespaces = Set.copyOf(namespaces);
    outside = List.copyOf(outside);
  }

  /**
   * The flows to try.
   *
   * @param before the flows of an earlier run; those whose prediction changed since, and those that
   *     were contradicted, come first
   * @param unable why a pod can't send although it runs; empty when it can
   */
  public Choice choose(
      Bench bench, List<Recorded> before, Function<Endpoint, Optional<String>> unable) {
    List<Trial> first = new ArrayList<>();
    for (Recorded flow : before) {
      Optional<Trial> now = flow.in(bench.universe());
      if (now.isPresent() && worthAgain(flow, bench.judge().judge(now.get().flow()).outcome())) {
        first.add(now.get());
      }
    }
    return Choice.of(bench, new Choice.Wanted(namespaces, outside, budget, seed, first, unable));
  }

  private static boolean worthAgain(Recorded before, Outcome now) {
    boolean changed = before.predicted().filter(p -> p != now).isPresent();
    return changed
        || before.seen().flatMap(s -> s.sign().outcome()).filter(s -> s != now).isPresent();
  }

  /**
   * What was predicted of the chosen flows beside what was seen of them.
   *
   * @param observations at most one for each trial; none for those that were not tried
   */
  public VerifyAnswer compare(
      Bench bench, Choice choice, List<Observation> observations, Evidence evidence) {
    Map<String, Observation> byTrial = new HashMap<>();
    observations.forEach(o -> byTrial.put(o.trial().id(), o));
    List<Compared> all = new ArrayList<>();
    for (Trial trial : choice.trials()) {
      Verdict verdict = bench.judge().judge(trial.flow());
      all.add(new Compared(trial, verdict, Optional.ofNullable(byTrial.get(trial.id()))));
    }
    Explainer explainer = new Explainer(bench, all, evidence);
    List<Row> rows =
        all.stream()
            .map(c ->
                row(c, c.contradicted() ? Optional.of(explainer.explain(c)) : Optional.empty()))
            .toList();
    return new VerifyAnswer(
        bench.name(),
        "",
        seed,
        choice.coverage(),
        rows,
        tallies(bench, rows),
        notes(bench),
        new VerifyAnswer.Standing(
            bench.model().pins(), bench.inventory().missing(), bench.findings()));
  }

  private static Row row(Compared one, Optional<Explanation> explanation) {
    Recorded flow = Recorded.of(one.trial());
    Optional<Recorded.Seen> probed =
        one.probed().map(p -> new Recorded.Seen(p.sign(), p.tries(), p.took(), p.detail()));
    return new Row(
        flow,
        place(one.trial().flow()),
        new Predicted(one.verdict().outcome(), Reasons.of(one.verdict()), Quirks.of(one.verdict())),
        probed,
        List.of(),
        one.agreement(),
        explanation);
  }

  private static String place(Flow flow) {
    return switch (flow.to()) {
      case Flow.Target.ToEndpoint(Endpoint to) -> Place.of(flow.from(), to).words();
      case Flow.Target.ToService _ -> "";
    };
  }

  /** A row of a profile is refuted by a flow that is explained by it, or that rests on it. */
  private static List<Tally> tallies(Bench bench, List<Row> rows) {
    Map<String, Tally> out = new TreeMap<>();
    for (Row row : rows) {
      for (Origin.BuiltIn quirk : row.predicted().quirks()) {
        boolean right = row.agreement() == Agreement.CONFIRMED;
        boolean wrong =
            row.explanation().filter(e -> e.cause() == Cause.PREDICTION_WRONG).isPresent();
        Tally one = new Tally(quirk, bench.measured(quirk.quirk()), right ? 1 : 0, wrong ? 1 : 0);
        if (right || wrong) {
          out.merge(quirk.quirk(), one, VerifyQuestion::sum);
        }
      }
    }
    return List.copyOf(out.values());
  }

  private static Tally sum(Tally a, Tally b) {
    return new Tally(
        a.row(), a.measured(), a.confirmed() + b.confirmed(), a.refuted() + b.refuted());
  }

  private static List<String> notes(Bench bench) {
    List<String> out = new ArrayList<>();
    if (bench.model().planes().isEmpty()) {
      out.add("nothing enforces policies here: every flow is predicted to pass");
    }
    return out;
  }
}
