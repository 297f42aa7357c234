package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.Causes.Found;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.Seen;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Entry;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what was found: changes by their causes, each with what decides it on both sides. */
final class Groups {
  private final Exchange exchange;
  private final Compared a;
  private final Compared b;

  Groups(Exchange exchange, Compared a, Compared b) {
    this.exchange = exchange;
    this.a = a;
    this.b = b;
  }

  /** What changes of a group have in common beside their ends. */
  private record Meaning(TrafficSet traffic, Outcome a, Outcome b) {}

  /** The causes of a group. */
  private record Key(List<Ingredient> inputs, boolean eachAlone) {}

  List<Group> of(List<Found> found) {
    Map<Key, List<Entry<Meaning>>> byCause = new LinkedHashMap<>();
    for (Found one : found) {
      Spot spot = one.piece().spot();
      Meaning meaning = new Meaning(one.piece().traffic(), one.piece().a(), one.piece().b());
      byCause
          .computeIfAbsent(new Key(one.inputs(), one.eachAlone()), _ -> new ArrayList<>())
          .add(new Entry<>(spot.src(), spot.dst(), Optional.of(spot.family()), meaning));
    }
    List<Map.Entry<Key, List<Entry<Meaning>>>> sorted = new ArrayList<>(byCause.entrySet());
    sorted.sort(
        Map.Entry.comparingByKey(Comparator.comparing(Groups::order).thenComparing(Groups::names)));
    List<Group> out = new ArrayList<>();
    for (Map.Entry<Key, List<Entry<Meaning>>> group : sorted) {
      Key key = group.getKey();
      List<Entry<Meaning>> entries =
          Entry.acrossFamilies(Entry.merged(group.getValue()), Pairs.families(a, b));
      List<Change> changes = new ArrayList<>(entries.stream().map(this::change).toList());
      changes.sort(
          Comparator.comparing(Change::src)
              .thenComparing(Change::dst)
              .thenComparing(c -> c.traffic().toString()));
      out.add(new Group(key.inputs().stream().map(this::cause).toList(), key.eachAlone(), changes));
    }
    return out;
  }

  /** The broadest first; groups without causes last. */
  private static int order(Key key) {
    return key.inputs().isEmpty() ? Integer.MAX_VALUE : key.inputs().getFirst().kind().ordinal();
  }

  private static String names(Key key) {
    return key.inputs().size() + key.inputs().toString();
  }

  private Cause cause(Ingredient input) {
    Exchange.Described is = exchange.describe(input);
    return new Cause(input, is.inA(), is.inB(), is.originA(), is.originB(), is.differs());
  }

  private Change change(Entry<Meaning> entry) {
    Meaning meaning = entry.what();
    return new Change(
        entry.src().party(List.of(a, b)),
        entry.dst().party(List.of(a, b)),
        meaning.traffic(),
        entry.family(),
        what(meaning.a(), meaning.b()),
        seen(a, entry, meaning.a()),
        seen(b, entry, meaning.b()));
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
