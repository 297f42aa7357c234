package io.github.polverdict.core.engine;

import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.PolicyModel.Candidates;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What candidates together make of one path: what all say, else UNKNOWN with who says what. */
final class Contest {
  private final Candidates candidates;
  private final List<PathVerdict> verdicts;

  /**
   * @param verdicts one for each candidate, in their order
   */
  Contest(Candidates candidates, List<PathVerdict> verdicts) {
    this.candidates = candidates;
    this.verdicts = verdicts;
  }

  PathVerdict verdict() {
    Outcome first = verdicts.getFirst().outcome();
    PathVerdict telling =
        verdicts.stream()
            .filter(v -> !v.gates().isEmpty())
            .findFirst()
            .orElseGet(verdicts::getFirst);
    if (first != Outcome.UNKNOWN && verdicts.stream().allMatch(v -> v.outcome() == first)) {
      return telling;
    }
    List<GateVerdict> gates = new ArrayList<>();
    gate(Direction.EGRESS).ifPresent(gates::add);
    gate(Direction.INGRESS).ifPresent(gates::add);
    return new PathVerdict(telling.path(), Outcome.UNKNOWN, gates);
  }

  /** One gate for all: that of the first candidate that has one, if they agree. */
  private Optional<GateVerdict> gate(Direction direction) {
    List<Outcome> outcomes = new ArrayList<>();
    List<GateVerdict> all = new ArrayList<>();
    for (PathVerdict verdict : verdicts) {
      Outcome outcome = Outcome.ALLOWED;
      for (GateVerdict gate : verdict.gates()) {
        if (gate.gate() == direction) {
          outcome = Judge.and(outcome, gate.outcome());
          all.add(gate);
        }
      }
      outcomes.add(outcome);
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Outcome first = outcomes.getFirst();
    if (first != Outcome.UNKNOWN && outcomes.stream().allMatch(first::equals)) {
      return all.stream().filter(g -> g.outcome() == first).findFirst();
    }
    GateVerdict shown = all.getFirst();
    return Optional.of(
        new GateVerdict(
            shown.plane(),
            direction,
            shown.subject(),
            shown.peer(),
            Outcome.UNKNOWN,
            new Decision.Undecided(List.copyOf(doubts(all, outcomes))),
            shown.audited()));
  }

  private Set<Doubt> doubts(List<GateVerdict> gates, List<Outcome> outcomes) {
    Set<Doubt> out = new LinkedHashSet<>();
    if (outcomes.stream().distinct().count() > 1) {
      out.add(new Doubt.KnownAtRuntime(who(outcomes), candidates.origin()));
    } else {
      gates.forEach(g -> {
        if (g.decision() instanceof Decision.Undecided(var open)) {
          out.addAll(open);
        }
      });
    }
    return out;
  }

  /** Who surely lets it pass, or if nobody does who surely denies it; or who does not. */
  private String who(List<Outcome> outcomes) {
    boolean allow = outcomes.contains(Outcome.ALLOWED);
    Outcome sure = allow ? Outcome.ALLOWED : Outcome.DENIED;
    List<String> some = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      (outcomes.get(i) == sure ? some : others).add(candidates.all().get(i).name());
    }
    boolean few = some.size() <= others.size();
    return "which engine enforces here: %s %s surely %s"
        .formatted(
            few ? "only" : "all but",
            String.join(", ", few ? some : others),
            allow ? "let it pass" : "deny it");
  }
}
