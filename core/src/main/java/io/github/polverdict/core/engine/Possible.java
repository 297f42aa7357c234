package io.github.polverdict.core.engine;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outcomes that a gate can have: what would decide for each, and the facts that separate them.
 *
 * @param doubts empty unless both are possible
 */
record Possible(Optional<Decision> allowing, Optional<Decision> denying, Set<Doubt> doubts) {
  Possible {
    if (allowing.isEmpty() && denying.isEmpty()) {
      throw new IllegalArgumentException("a gate that is not decided at all");
    }
    boolean both = allowing.isPresent() && denying.isPresent();
    if (both == doubts.isEmpty()) {
      throw new IllegalArgumentException("doubts stand between two outcomes, and only there");
    }
  }

  /** What an action other than PASS leads to. */
  static Possible of(Action action, Decision decision) {
    Optional<Decision> one = Optional.of(decision);
    return switch (action) {
      case ALLOW -> new Possible(one, Optional.empty(), Set.of());
      case DENY -> new Possible(Optional.empty(), one, Set.of());
      case PASS -> throw new IllegalArgumentException("PASS decides nothing");
    };
  }

  /** Any of some; the doubts say which one, and are dropped when all lead to the same outcome. */
  static Possible anyOf(List<Possible> some, Set<Doubt> separating) {
    Optional<Decision> allowing = some.stream().flatMap(p -> p.allowing.stream()).findFirst();
    Optional<Decision> denying = some.stream().flatMap(p -> p.denying.stream()).findFirst();
    Set<Doubt> doubts = new LinkedHashSet<>();
    if (allowing.isPresent() && denying.isPresent()) {
      doubts.addAll(separating);
      some.forEach(p -> doubts.addAll(p.doubts));
    }
    return new Possible(allowing, denying, doubts);
  }

  Possible or(Possible other, Set<Doubt> separating) {
    return anyOf(List.of(this, other), separating);
  }

  Outcome outcome() {
    if (allowing.isPresent() && denying.isPresent()) {
      return Outcome.UNKNOWN;
    }
    return allowing.isPresent() ? Outcome.ALLOWED : Outcome.DENIED;
  }

  Decision decision() {
    return doubts.isEmpty()
        ? allowing.or(() -> denying).orElseThrow()
        : new Decision.Undecided(List.copyOf(doubts));
  }
}
