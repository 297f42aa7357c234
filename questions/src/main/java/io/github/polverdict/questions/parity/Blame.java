package io.github.polverdict.questions.parity;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.verify.Alternative;
import io.github.polverdict.questions.words.Quirks;
import io.github.polverdict.questions.words.Suspects;
import io.github.polverdict.questions.words.Suspects.Suspect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says which rows of profiles a disagreement rests on: those that leave open what an engine does,
 * else those without which one would do as another does.
 */
final class Blame {
  private static final List<Alternative> NONE = List.of();

  private final List<Bench> benches;
  private final List<List<Alternative>> alternatives;
  private final Suspects suspects = new Suspects();

  Blame(List<Bench> benches, List<List<Alternative>> alternatives) {
    this.benches = benches;
    this.alternatives = alternatives;
  }

  /** A row of the profile of the engine with this number. */
  private record Row(int engine, Origin.BuiltIn origin) {}

  /** The rows for each engine, sorted; those that decisions name if there are no alternatives. */
  List<List<Origin.BuiltIn>> of(List<Optional<Verdict>> verdicts) {
    List<Row> open = new ArrayList<>();
    List<Row> named = new ArrayList<>();
    List<Suspect<Row>> all = new ArrayList<>();
    Set<Outcome> known = EnumSet.noneOf(Outcome.class);
    verdicts.forEach(v -> v.map(Verdict::outcome).ifPresent(known::add));
    known.remove(Outcome.UNKNOWN);
    for (int i = 0; i < verdicts.size(); i++) {
      if (verdicts.get(i).isPresent()) {
        Verdict verdict = verdicts.get(i).get();
        int engine = i;
        leftOpen(verdict, dialect(i)).forEach(r -> open.add(new Row(engine, r)));
        Quirks.of(verdict).forEach(r -> named.add(new Row(engine, r)));
        all.addAll(suspects(i, verdict, known));
      }
    }
    List<Row> guilty = open.isEmpty() ? suspects.guilty(all) : open;
    return byEngine(guilty.isEmpty() ? named : guilty, verdicts.size());
  }

  /** The rows that hold for an engine. */
  private List<Suspect<Row>> suspects(int engine, Verdict verdict, Set<Outcome> known) {
    List<Suspect<Row>> out = new ArrayList<>();
    for (Alternative one : alternatives.isEmpty() ? NONE : alternatives.get(engine)) {
      Optional<Alternative.Row> row = one.row().filter(Alternative.Row::holds);
      if (row.isPresent()) {
        var origin = new Origin.BuiltIn(dialect(engine), one.id(), row.get().says());
        out.add(new Suspect<>(new Row(engine, origin), one.id(), one.judge(), verdict, known));
      }
    }
    return out;
  }

  private static List<Origin.BuiltIn> leftOpen(Verdict verdict, String dialect) {
    return verdict.doubts().stream()
        .flatMap(d ->
            d instanceof Doubt.Unverified(String quirk, String says)
                ? Stream.of(new Origin.BuiltIn(dialect, quirk, says))
                : Stream.empty())
        .distinct()
        .toList();
  }

  private static List<List<Origin.BuiltIn>> byEngine(List<Row> rows, int engines) {
    return IntStream.range(0, engines)
        .mapToObj(i ->
            rows.stream()
                .filter(r -> r.engine() == i)
                .map(Row::origin)
                .sorted(Quirks.ORDER)
                .toList())
        .toList();
  }

  private String dialect(int engine) {
    return benches.get(engine).model().pins().stream().findFirst().map(Pin::dialect).orElse("");
  }
}
