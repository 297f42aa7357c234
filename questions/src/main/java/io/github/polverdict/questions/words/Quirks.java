package io.github.polverdict.questions.words;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the deviations from the specification that a verdict rests on. */
public final class Quirks {
  /** By id. */
  public static final Comparator<Origin.BuiltIn> ORDER =
      Comparator.comparing(Origin.BuiltIn::quirk);

  private Quirks() {}

  /** Those of all gates of all paths, sorted by id. */
  public static List<Origin.BuiltIn> of(Verdict verdict) {
    return of(verdict.paths());
  }

  public static List<Origin.BuiltIn> of(List<PathVerdict> paths) {
    Map<String, Origin.BuiltIn> out = new TreeMap<>();
    paths.stream()
        .flatMap(p -> p.gates().stream())
        .flatMap(g -> origins(g).stream())
        .flatMap(Quirks::quirk)
        .forEach(q -> out.put(q.quirk(), q));
    return List.copyOf(out.values());
  }

  private static List<Origin> origins(GateVerdict gate) {
    return switch (gate.decision()) {
      case Decision.ByRule byRule -> origins(byRule.rule(), byRule.block());
      case Decision.ByIsolation isolation ->
          isolation.isolating().stream().map(Block::origin).toList();
      case Decision.Bypassed bypassed -> List.of(bypassed.passage().origin());
      case Decision.NoRoute noRoute -> List.of(noRoute.origin());
      case Decision.ByNothing _, Decision.NeverLeaves _, Decision.Undecided _ -> List.of();
    };
  }

  /**
   * Rules of one block may come from several rows of a profile: then only the rule's own counts.
   */
  private static List<Origin> origins(Rule rule, Block block) {
    return rule.origin() instanceof Origin.BuiltIn
        ? List.of(rule.origin())
        : List.of(rule.origin(), block.origin());
  }

  private static Stream<Origin.BuiltIn> quirk(Origin origin) {
    return switch (origin) {
      case Origin.BuiltIn b -> Stream.of(b);
      case Origin.Bent b -> Stream.concat(Stream.of(b.because()), quirk(b.place()));
      case Origin.InFile _, Origin.InCluster _, Origin.Said _ -> Stream.empty();
    };
  }
}
