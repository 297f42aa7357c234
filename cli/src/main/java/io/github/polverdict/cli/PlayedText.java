package io.github.polverdict.cli;

import io.github.polverdict.lab.replay.Played;
import io.github.polverdict.lab.replay.Played.Result;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of scenarios in one lab, as text: what is wrong, then a sum and what was skipped. */
record PlayedText(String engine, List<Played> all, List<String> lost) {

  boolean holds() {
    return lost.isEmpty() && of(Result.CONTRADICTED).findAny().isEmpty();
  }

  private Stream<Played> of(Result result) {
    return all.stream().filter(p -> p.result() == result);
  }

  void print(PrintWriter out, boolean skipped) {
    of(Result.CONTRADICTED).forEach(p -> out.println("CONTRADICTED  " + p));
    lost.forEach(line -> out.println("NOT CONFIRMED AGAIN  " + line));
    if (skipped) {
      of(Result.SKIPPED).forEach(p -> out.println("skipped  " + p));
    }
    out.printf(
        "%s: %d flows of %d scenarios confirmed (%d by a cell of the engine's own column), "
            + "%d contradicted, %d skipped%n",
        engine,
        of(Result.CONFIRMED).count(),
        of(Result.CONFIRMED).map(Played::scenario).distinct().count(),
        of(Result.CONFIRMED).filter(p -> !p.column().isEmpty()).count(),
        of(Result.CONTRADICTED).count(),
        of(Result.SKIPPED).count());
    Map<String, Long> reasons =
        of(Result.SKIPPED)
            .collect(Collectors.groupingBy(Played::seen, TreeMap::new, Collectors.counting()));
    reasons.forEach((why, n) -> out.printf("  %4d  %s%n", n, why));
  }
}
