package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Doubt;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether something matches, and if that is not known, what is missing.
 *
 * @param doubts not empty exactly for MAYBE
 */
record Match(Truth truth, Set<Doubt> doubts) {
  static final Match YES = new Match(Truth.YES, Set.of());
  static final Match NO = new Match(Truth.NO, Set.of());

  Match {
    if ((truth == Truth.MAYBE) == doubts.isEmpty()) {
      throw new IllegalArgumentException(truth + " with the doubts " + doubts);
    }
  }

  static Match of(boolean value) {
    return value ? YES : NO;
  }

  static Match maybe(Doubt doubt) {
    return new Match(Truth.MAYBE, Set.of(doubt));
  }

  /** YES without doubts, else MAYBE. */
  static Match unless(List<Doubt> doubts) {
    return doubts.isEmpty() ? YES : new Match(Truth.MAYBE, new LinkedHashSet<>(doubts));
  }

  boolean yes() {
    return truth == Truth.YES;
  }

  boolean no() {
    return truth == Truth.NO;
  }

  Match and(Match other) {
    return joined(truth.and(other.truth), other);
  }

  Match or(Match other) {
    return joined(truth.or(other.truth), other);
  }

  private Match joined(Truth joined, Match other) {
    return switch (joined) {
      case YES -> YES;
      case NO -> NO;
      case MAYBE -> {
        if (doubts.isEmpty() || other.doubts.isEmpty()) {
          yield doubts.isEmpty() ? other : this;
        }
        Set<Doubt> both = new LinkedHashSet<>(doubts);
        both.addAll(other.doubts);
        yield new Match(Truth.MAYBE, both);
      }
    };
  }

  Match not() {
    return switch (truth) {
      case YES -> NO;
      case NO -> YES;
      case MAYBE -> this;
    };
  }
}
