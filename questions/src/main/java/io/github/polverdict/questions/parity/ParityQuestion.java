package io.github.polverdict.questions.parity;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.parity.ParityAnswer.Engine;
import io.github.polverdict.questions.parity.ParityAnswer.Group;
import io.github.polverdict.questions.parity.ParityAnswer.Result;
import io.github.polverdict.questions.parity.ParityAnswer.Row;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Entry;
import io.github.polverdict.questions.table.Side;
import io.github.polverdict.questions.verify.Alternative;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What do the same objects mean under several engines?
 *
 * @param engines as the user named them, one for each bench
 * @param nodes whether nodes count
 */
public record ParityQuestion(List<String> engines, boolean nodes) {
  public ParityQuestion {
    engines = List.copyOf(engines);
  }

  /** Traffic with the same outcome under each engine. */
  private record Meaning(TrafficSet traffic, List<Outcome> outcomes) {
    boolean agreed() {
      return outcomes.stream().distinct().count() == 1;
    }
  }

  /** What was found of all pairs. */
  private static final class Found {
    private final List<Entry<Meaning>> different = new ArrayList<>();
    private int agreed;
  }

  /**
   * Compares the benches.
   *
   * @param benches of one snapshot, one for each engine, in their order; at least one
   */
  public ParityAnswer ask(List<Bench> benches) {
    return ask(benches, List.of());
  }

  /**
   * Compares the benches, and finds the rows behind a result that names none by trying each the
   * other way.
   *
   * @param alternatives what could be otherwise about each bench's engine, in their order
   */
  public ParityAnswer ask(List<Bench> benches, List<List<Alternative>> alternatives) {
    Blame blame = new Blame(benches, alternatives);
    Map<Reach, Reach> known = new HashMap<>();
    List<Compared> compared = benches.stream().map(b -> new Compared(b, nodes, known)).toList();
    Bench first = benches.getFirst();
    Found found = new Found();
    first
        .families()
        .forEach(f -> {
          Side.pairs(compared, f, (src, dst) -> look(compared, src, dst, f, found));
          Side.callsFromOutside(compared, f, (src, dst) -> look(compared, src, dst, f, found));
        });
    List<Entry<Meaning>> entries =
        Entry.acrossFamilies(Entry.merged(found.different), first.families().size());
    List<Row> rows = new ArrayList<>();
    entries.forEach(e -> rows.addAll(rows(e, compared, blame)));
    rows.sort(
        Comparator.comparing(Row::src)
            .thenComparing(Row::dst)
            .thenComparing(r -> r.traffic().toString()));
    List<Engine> asked = new ArrayList<>();
    for (int i = 0; i < engines.size(); i++) {
      asked.add(
          new Engine(engines.get(i), benches.get(i).model().pins(), benches.get(i).findings()));
    }
    return new ParityAnswer(
        first.name(), asked, rows, groups(rows), found.agreed, first.inventory().missing());
  }

  private static void look(
      List<Compared> compared, Side src, Side dst, Family family, Found found) {
    List<Reach> reaches = new ArrayList<>(compared.size());
    for (Compared bench : compared) {
      bench.reach(src, dst, family).ifPresent(reaches::add);
    }
    if (reaches.size() < compared.size()) {
      return; // no addresses in this family, or a pod alone with itself
    }
    if (reaches.stream().distinct().count() == 1) {
      found.agreed++;
      return;
    }
    for (Meaning meaning : meanings(reaches)) {
      if (!meaning.agreed()) {
        found.different.add(new Entry<>(src, dst, Optional.of(family), meaning));
      }
    }
  }

  private static List<Meaning> meanings(List<Reach> reaches) {
    List<Meaning> parts = List.of(new Meaning(TrafficSet.ALL, List.of()));
    for (Reach reach : reaches) {
      List<Meaning> next = new ArrayList<>();
      for (Meaning part : parts) {
        for (Outcome outcome : Outcome.values()) {
          TrafficSet traffic = part.traffic().and(reach.with(outcome));
          if (!traffic.isEmpty()) {
            List<Outcome> outcomes = new ArrayList<>(part.outcomes());
            outcomes.add(outcome);
            next.add(new Meaning(traffic, List.copyOf(outcomes)));
          }
        }
      }
      parts = next;
    }
    return parts;
  }

  /** A row for each part of the traffic that rests on rows of its own, by protocols. */
  private static List<Row> rows(Entry<Meaning> entry, List<Compared> compared, Blame blame) {
    Map<List<List<Origin.BuiltIn>>, Row> out = new LinkedHashMap<>();
    for (Protocol protocol : Protocol.values()) {
      TrafficSet traffic = entry.what().traffic().and(TrafficSet.all(protocol));
      if (!traffic.isEmpty()) {
        List<Optional<Verdict>> verdicts = witnesses(entry, traffic, compared);
        List<List<Origin.BuiltIn>> quirks = blame.of(verdicts);
        Row before = out.get(quirks);
        out.put(
            quirks,
            before == null
                ? row(entry, traffic, results(entry, verdicts, quirks), compared)
                : before.with(before.traffic().or(traffic)));
      }
    }
    return List.copyOf(out.values());
  }

  private static List<Optional<Verdict>> witnesses(
      Entry<Meaning> entry, TrafficSet traffic, List<Compared> compared) {
    Sample sample = Sample.of(traffic).orElseThrow();
    List<Optional<Verdict>> out = new ArrayList<>();
    for (int i = 0; i < compared.size(); i++) {
      out.add(compared.get(i).witness(entry, sample, entry.what().outcomes().get(i)));
    }
    return out;
  }

  private static Row row(
      Entry<Meaning> entry, TrafficSet traffic, List<Result> results, List<Compared> compared) {
    return new Row(
        entry.src().party(compared), entry.dst().party(compared), traffic, entry.family(), results);
  }

  private static List<Result> results(
      Entry<Meaning> entry, List<Optional<Verdict>> verdicts, List<List<Origin.BuiltIn>> quirks) {
    List<Result> out = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      out.add(result(entry.what().outcomes().get(i), verdicts.get(i), quirks.get(i)));
    }
    return out;
  }

  private static Result result(
      Outcome outcome, Optional<Verdict> verdict, List<Origin.BuiltIn> quirks) {
    if (verdict.isEmpty()) {
      return new Result(outcome, Reasons.BY_POD, Optional.empty(), List.of());
    }
    Reason reason = Reasons.of(verdict.get());
    return new Result(outcome, reason.sentence(), reason.origin(), quirks);
  }

  private static boolean usual(Group group, List<Row> rows) {
    return group.rows().stream().anyMatch(i -> rows.get(i).usual());
  }

  private static List<Group> groups(List<Row> rows) {
    Map<List<Origin.BuiltIn>, List<Integer>> byQuirks = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Map<String, Origin.BuiltIn> quirks = new TreeMap<>();
      rows.get(i).results().forEach(r -> r.quirks().forEach(q -> quirks.put(q.quirk(), q)));
      byQuirks.computeIfAbsent(List.copyOf(quirks.values()), _ -> new ArrayList<>()).add(i);
    }
    List<Group> out = new ArrayList<>();
    byQuirks.forEach((quirks, indices) -> out.add(new Group(quirks, indices)));
    out.sort(
        Comparator.comparing((Group g) -> !usual(g, rows))
            .thenComparing(g -> -g.rows().size())
            .thenComparing(g -> g.quirks().toString()));
    return out;
  }
}
