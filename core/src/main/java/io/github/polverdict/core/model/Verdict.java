package io.github.polverdict.core.model;

import java.util.List;
import java.util.Optional;

/**
 * What becomes of a flow.
 *
 * @param paths one for each way it can take; empty when there is none
 * @param unrouted why there is no way; present exactly when there are no paths
 * @param doubts what would decide it; empty unless the outcome is UNKNOWN
 */
public record Verdict(
    Flow flow,
    Outcome outcome,
    List<PathVerdict> paths,
    Optional<Decision.NoRoute> unrouted,
    List<Doubt> doubts) {
  public Verdict {
    paths = List.copyOf(paths);
    doubts = List.copyOf(doubts);
    if (outcome == Outcome.UNKNOWN && doubts.isEmpty()) {
      throw new IllegalArgumentException("an UNKNOWN verdict names what would decide it");
    }
  }
}
