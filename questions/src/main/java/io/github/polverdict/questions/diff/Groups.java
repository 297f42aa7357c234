package io.github.polverdict.questions.diff;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.Causes.Found;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.Other;
import io.github.polverdict.questions.diff.DiffAnswer.Risk;
import io.github.polverdict.questions.diff.DiffAnswer.Seen;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Entry;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Tells what was found: changes by their causes, each with what decides it on both sides. */
final class Groups {
  /** So many changes of a group are judged for each row of a profile that may be behind them. */
  private static final int MOST_JUDGED = 200;

  private static final Comparator<Change> RISKIEST =
      Comparator.comparing(Change::what)
          .thenComparing(c -> c.risks().stream().findFirst().map(Risk::ordinal).orElse(9))
          .thenComparing(Change::src)
          .thenComparing(Change::dst)
          .thenComparing(c -> c.traffic().toString());

  private final Exchange exchange;
  private final List<Compared> both;
  private final Risks risks;
  private final Map<Ingredient, Cause> known = new HashMap<>();
  private final Map<Change, Flow> flows = new IdentityHashMap<>(); // one that stands for each

  Groups(Exchange exchange, List<Compared> both, Risks risks) {
    this.exchange = exchange;
    this.both = both;
    this.risks = risks;
  }

  /** What changes of a group have in common beside their ends. */
  private record Meaning(TrafficSet traffic, Outcome a, Outcome b, List<List<Ingredient>> ways) {}

  List<Group> of(List<Found> found) {
    Map<List<List<Ingredient>>, List<Entry<Meaning>>> byWays = new LinkedHashMap<>();
    for (Found one : found) {
      Spot spot = one.piece().spot();
      Meaning meaning =
          new Meaning(one.piece().traffic(), one.piece().a(), one.piece().b(), one.ways());
      byWays
          .computeIfAbsent(one.ways(), _ -> new ArrayList<>())
          .add(new Entry<>(spot.src(), spot.dst(), Optional.of(spot.family()), meaning));
    }
    Map<List<List<Ingredient>>, List<Change>> changes = new LinkedHashMap<>();
    byWays.forEach((ways, entries) -> changes.put(ways, changes(entries)));
    List<Group> out = new ArrayList<>();
    Cover.of(changes).forEach(topic -> out.add(group(topic)));
    out.sort(Comparator.comparing(Groups::order).thenComparing(Groups::names));
    return out;
  }

  private List<Change> changes(List<Entry<Meaning>> entries) {
    int families = Pairs.families(both.getFirst(), both.getLast());
    return Entry.acrossFamilies(Entry.merged(entries), families).stream()
        .map(this::change)
        .toList();
  }

  private Group group(Cover.Topic topic) {
    List<Change> changes = topic.changes().stream().sorted(RISKIEST).toList();
    List<Other> others =
        topic.others().stream()
            .map(o -> new Other(o.inputs().stream().map(this::cause).toList(), o.changes()))
            .toList();
    return new Group(
        topic.causes().stream().map(c -> withRows(cause(c), changes)).toList(),
        topic.eachAlone(),
        others,
        changes);
  }

  /** What the second cluster lets through and the first does not comes first; unexplained last. */
  private static int order(Group group) {
    boolean opens = group.changes().stream().anyMatch(c -> c.what() == What.OPENED);
    return group.causes().isEmpty() ? 2 : opens ? 0 : 1;
  }

  /** The broadest input first. */
  private static String names(Group group) {
    return group.causes().stream()
        .map(c -> "%02d %s".formatted(c.input().kind().ordinal(), c.input().name()))
        .toList()
        .toString();
  }

  Cause cause(Ingredient input) {
    return known.computeIfAbsent(input, this::described);
  }

  private Cause described(Ingredient input) {
    Exchange.Described is = exchange.describe(input);
    return new Cause(
        input, is.inA(), is.inB(), is.originA(), is.originB(), is.differences(), is.remedy());
  }

  /** The cause with the rows of the engine's profile that make some of the changes. */
  private Cause withRows(Cause cause, List<Change> changes) {
    List<Difference> differences = new ArrayList<>(cause.differences());
    for (Exchange.Row row : exchange.rows(cause.input())) {
      Judge otherwise = row.otherwise().get();
      boolean acts =
          changes.stream()
              .filter(flows::containsKey)
              .limit(MOST_JUDGED)
              .anyMatch(c ->
                  otherwise.judge(Objects.requireNonNull(flows.get(c))).outcome()
                      == c.a().outcome());
      if (acts) {
        differences.add(new Difference(row.says(), Optional.empty(), Optional.empty()));
      }
    }
    return new Cause(
        cause.input(),
        cause.inA(),
        cause.inB(),
        cause.originA(),
        cause.originB(),
        differences,
        cause.remedy());
  }

  private Change change(Entry<Meaning> entry) {
    Meaning meaning = entry.what();
    Sample sample = Sample.of(meaning.traffic()).orElseThrow();
    Change out = told(entry, meaning);
    both.getLast().witness(entry, sample, meaning.b()).ifPresent(v -> flows.put(out, v.flow()));
    return out;
  }

  private Change told(Entry<Meaning> entry, Meaning meaning) {
    return new Change(
        entry.src().party(both),
        entry.dst().party(both),
        meaning.traffic(),
        entry.family(),
        what(meaning.a(), meaning.b()),
        seen(both.getFirst(), entry, meaning.a()),
        seen(both.getLast(), entry, meaning.b()),
        meaning.ways(),
        risks.of(entry.src(), entry.dst()));
  }

  private static What what(Outcome a, Outcome b) {
    if (b == Outcome.UNKNOWN) {
      return What.BECAME_UNKNOWN;
    }
    if (a == Outcome.UNKNOWN) {
      return What.BECAME_KNOWN;
    }
    return b == Outcome.ALLOWED ? What.OPENED : What.CLOSED;
  }

  private static Seen seen(Compared bench, Entry<Meaning> entry, Outcome outcome) {
    Sample sample = Sample.of(entry.what().traffic()).orElseThrow();
    Optional<Verdict> verdict = bench.witness(entry, sample, outcome);
    if (verdict.isPresent()) {
      Reason reason = Reasons.of(verdict.get());
      return new Seen(outcome, reason.sentence(), reason.origin(), verdict.get().doubts());
    }
    Doubt doubt = new Doubt.KnownAtRuntime(Reasons.BY_POD, new Origin.Said(bench.bench().name()));
    return new Seen(outcome, Reasons.BY_POD, Optional.empty(), List.of(doubt));
  }
}
