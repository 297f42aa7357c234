package io.github.polverdict.core.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What packets showed of one trial. It knows what the source saw and what the destination's side
 * could tell, not why.
 *
 * @param tries how often it was tried until this was certain, at least 1
 * @param took how long the last try took
 * @param detail what the source said in its own words; a reason for {@link Sign#INCONCLUSIVE}
 */
public record Observation(Trial trial, Sign sign, int tries, Duration took, String detail) {

  /** What came of it. Only what {@link #outcome} says may contradict a prediction. */
  public enum Sign {
    /** The handshake stood, or the peer answered. */
    CONNECTED,
    /** No answer until the deadline, and the control that must be answered was. */
    DROPPED,
    /** Somebody on the way refused it although something listens at the destination. */
    REFUSED_BY_POLICY,
    /** The destination itself refused: it was let through, and nothing listens there. */
    CLOSED,
    /** There is no route, or a router said so. */
    UNREACHABLE,
    /** The name was not resolved; nothing was sent. */
    DNS_FAILED,
    /** It arrived at the destination, and no answer came back. */
    ONE_WAY,
    /** The probe itself failed; nothing is known. */
    INCONCLUSIVE;

    /** Whether policies let a flow pass that ended so; empty when it does not tell. */
    public Optional<Outcome> outcome() {
      return switch (this) {
        case CONNECTED, CLOSED -> Optional.of(Outcome.ALLOWED);
        case DROPPED, REFUSED_BY_POLICY -> Optional.of(Outcome.DENIED);
        case UNREACHABLE, DNS_FAILED, ONE_WAY, INCONCLUSIVE -> Optional.empty();
      };
    }
  }
}
