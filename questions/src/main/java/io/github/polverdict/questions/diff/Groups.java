package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Detail;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.Other;
import io.github.polverdict.questions.diff.DiffAnswer.Risk;
import io.github.polverdict.questions.diff.DiffAnswer.Seen;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import io.github.polverdict.questions.diff.Found.Chosen;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Entry;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what was found: changes by their causes, each with what decides it on both sides. */
final class Groups {
  private static final Comparator<Change> RISKIEST =
      Comparator.comparing(Change::what)
          .thenComparing(c -> c.risks().stream().findFirst().map(Risk::ordinal).orElse(9))
          .thenComparing(Change::src)
          .thenComparing(Change::dst)
          .thenComparing(c -> c.traffic().toString());

  private final Exchange exchange;
  private final List<Compared> both;
  private final Risks risks;
  private final Map<Change, List<List<Chosen>>> fields = new IdentityHashMap<>();
  private final EngineRows rows;

  Groups(Exchange exchange, List<Compared> both, Risks risks) {
    this.exchange = exchange;
    this.both = both;
    this.risks = risks;
    this.rows = new EngineRows(exchange);
  }

  /** What changes of a group have in common beside their ends. */
  private record Meaning(
      TrafficSet traffic,
      Outcome a,
      Outcome b,
      List<List<Ingredient>> ways,
      List<List<Chosen>> fields) {}

  List<Group> of(List<Found> found) {
    Map<List<List<Ingredient>>, List<Entry<Meaning>>> byWays = new LinkedHashMap<>();
    for (Found one : found) {
      Spot spot = one.piece().spot();
      Meaning meaning =
          new Meaning(
              one.piece().traffic(), one.piece().a(), one.piece().b(), one.ways(), one.fields());
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
            .map(o ->
                new Other(o.inputs().stream().map(i -> cause(i, changes)).toList(), o.changes()))
            .toList();
    return new Group(
        topic.causes().stream().map(c -> cause(c, changes)).toList(),
        topic.eachAlone(),
        others,
        changes);
  }

  /** What is unexplained comes last; else the group with the riskiest change first. */
  private static int order(Group group) {
    Change worst = group.changes().getFirst();
    int risk = worst.risks().stream().findFirst().map(Risk::ordinal).orElse(9);
    return (group.causes().isEmpty() ? 1_000 : 0) + 10 * worst.what().ordinal() + risk;
  }

  /** The broadest input first. */
  private static String names(Group group) {
    return group.causes().stream()
        .map(c -> "%02d %s".formatted(c.input().kind().ordinal(), c.input().name()))
        .toList()
        .toString();
  }

  /** The input with those of its fields, or of its engine's rows, that the changes come from. */
  Cause cause(Ingredient input, List<Change> changes) {
    BitSet chosen = new BitSet();
    for (Change change : changes) {
      fields.getOrDefault(change, List.of()).stream()
          .flatMap(List::stream)
          .filter(c -> c.input().equals(input) && c.field() >= 0)
          .forEach(c -> chosen.set(c.field()));
    }
    Exchange.Described is = exchange.describe(input, chosen);
    Set<Difference> differences = new LinkedHashSet<>(is.differences());
    changes.stream()
        .flatMap(c -> c.fields().stream().flatMap(List::stream))
        .filter(d -> d.input().equals(input) && EngineRows.isEngine(input))
        .map(d -> new Difference(d.says(), Optional.empty(), Optional.empty()))
        .forEach(differences::add);
    return new Cause(
        input,
        is.inA(),
        is.inB(),
        is.originA(),
        is.originB(),
        List.copyOf(differences),
        is.remedy());
  }

  private Change change(Entry<Meaning> entry) {
    Meaning meaning = entry.what();
    Sample sample = Sample.of(meaning.traffic()).orElseThrow();
    Optional<Verdict> a = both.getFirst().witness(entry, sample, meaning.a());
    Optional<Verdict> b = both.getLast().witness(entry, sample, meaning.b());
    List<List<Detail>> details = new ArrayList<>();
    for (List<Chosen> way : meaning.fields()) {
      details.add(way.stream().map(this::detail).toList());
    }
    meaning.ways().stream()
        .flatMap(List::stream)
        .distinct()
        .forEach(i -> rows.of(i, a, b).forEach(d -> details.add(List.of(d))));
    Change out =
        new Change(
            entry.src().party(both),
            entry.dst().party(both),
            meaning.traffic(),
            entry.family(),
            what(meaning.a(), meaning.b()),
            seen(both.getFirst(), a, meaning.a()),
            seen(both.getLast(), b, meaning.b()),
            meaning.ways(),
            details,
            risks.of(entry.src(), entry.dst()));
    fields.put(out, meaning.fields());
    return out;
  }

  private Detail detail(Chosen chosen) {
    return new Detail(
        chosen.input(), chosen.field() < 0 ? "" : exchange.field(chosen.input(), chosen.field()));
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

  private static Seen seen(Compared bench, Optional<Verdict> verdict, Outcome outcome) {
    if (verdict.isPresent()) {
      Reason reason = Reasons.of(verdict.get());
      return new Seen(outcome, reason.sentence(), reason.origin(), verdict.get().doubts());
    }
    Doubt doubt = new Doubt.KnownAtRuntime(Reasons.BY_POD, new Origin.Said(bench.bench().name()));
    return new Seen(outcome, Reasons.BY_POD, Optional.empty(), List.of(doubt));
  }
}
