package io.github.polverdict.questions;

import io.github.polverdict.core.kernel.Origin;
import java.time.LocalDate;

/**
 * Why something that would be reported is accepted for a time, and by whom.
 *
 * @param owner who answers for it
 * @param ticket where it is followed; may be empty
 * @param expires the last day on which it counts
 */
public record Exemption(
    String owner, String reason, String ticket, LocalDate expires, Origin origin) {

  /** Whether its last day is over. What it covered is then reported again; nothing else changes. */
  public boolean expired(LocalDate today) {
    return expires.isBefore(today);
  }
}
