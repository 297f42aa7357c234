package io.github.polverdict.core.engine;

import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outcomes that a gate can have, what would decide for each, and the doubts met on the way. */
final class Possible {
  private final Set<Doubt> doubts = new LinkedHashSet<>();
  private @Nullable Decision allowing;
  private @Nullable Decision denying;

  void allow(Decision decision) {
    allowing = allowing == null ? decision : allowing;
  }

  void deny(Decision decision) {
    denying = denying == null ? decision : denying;
  }

  void doubt(Set<Doubt> more) {
    doubts.addAll(more);
  }

  Outcome outcome() {
    if (allowing != null && denying != null) {
      return Outcome.UNKNOWN;
    }
    return allowing != null ? Outcome.ALLOWED : Outcome.DENIED;
  }

  Decision decision() {
    if (allowing != null && denying != null) {
      return new Decision.Undecided(List.copyOf(doubts));
    }
    Decision only = allowing != null ? allowing : denying;
    if (only == null) {
      throw new IllegalStateException("a gate was not decided at all");
    }
    return only;
  }
}
