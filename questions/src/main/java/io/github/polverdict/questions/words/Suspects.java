package io.github.polverdict.questions.words;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the rows of profiles behind a disagreement between engines, by judging the flow with each
 * row the other way round. It tries rows one by one: of two that only together matter it knows
 * nothing.
 */
public final class Suspects {
  private final Map<Supplier<Judge>, Judge> judges = new HashMap<>();

  /**
   * A row that may be behind a disagreement.
   *
   * @param row what the asker wants back if it is
   * @param otherwise the row's engine with the row the other way round; kept once it was asked, so
   *     the same row comes with the same supplier
   * @param own what the row's engine says of the flow
   * @param wanted what it would have to say for the row to count: what other engines say
   */
  public record Suspect<R>(
      R row, String id, Supplier<Judge> otherwise, Verdict own, Set<Outcome> wanted) {
    public Suspect {
      wanted = Set.copyOf(wanted);
    }

    private boolean named() {
      return Quirks.of(own).stream().map(Origin.BuiltIn::quirk).anyMatch(id::equals);
    }
  }

  /**
   * Those without which their engine would do as another does: first of those that the decisions
   * name, for a rule that matches nothing names no row, then of all. When none alone makes the
   * difference, those that the decisions name.
   */
  public <R> List<R> guilty(List<Suspect<R>> all) {
    Map<Boolean, List<Suspect<R>>> byName =
        all.stream().collect(Collectors.partitioningBy(Suspect::named));
    List<Suspect<R>> named = byName.getOrDefault(true, List.of());
    List<Suspect<R>> out = flipping(named);
    if (out.isEmpty()) {
      out = flipping(byName.getOrDefault(false, List.of()));
    }
    return (out.isEmpty() ? named : out).stream().map(Suspect::row).toList();
  }

  private <R> List<Suspect<R>> flipping(List<Suspect<R>> suspects) {
    return suspects.stream().filter(this::flips).toList();
  }

  private boolean flips(Suspect<?> suspect) {
    Judge judge = judges.computeIfAbsent(suspect.otherwise(), Supplier::get);
    Outcome other = judge.judge(suspect.own().flow()).outcome();
    return other != suspect.own().outcome() && suspect.wanted().contains(other);
  }
}
