package io.github.polverdict.questions.verify;

import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import java.util.Optional;

/** How what was seen of a flow stands to what was predicted. */
public enum Agreement {
  CONFIRMED,
  CONTRADICTED,
  /** It was predicted UNKNOWN, and packets showed what it is. */
  SETTLED,
  /** What was seen does not tell whether policies let it pass. */
  INCONCLUSIVE,
  /** It was not tried. */
  UNTRIED;

  static Agreement of(Verdict verdict, Optional<Observation> probed) {
    if (probed.isEmpty()) {
      return UNTRIED;
    }
    Optional<Outcome> seen = probed.get().sign().outcome();
    if (seen.isEmpty() || verdict.unrouted().isPresent()) {
      return INCONCLUSIVE;
    }
    return switch (verdict.outcome()) {
      case UNKNOWN -> SETTLED;
      case ALLOWED, DENIED -> verdict.outcome() == seen.get() ? CONFIRMED : CONTRADICTED;
    };
  }
}
