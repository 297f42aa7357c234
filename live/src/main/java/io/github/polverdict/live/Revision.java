package io.github.polverdict.live;

import io.github.polverdict.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;

/**
 * A watched cluster at one moment.
 *
 * @param number of the state, growing with every change; numbers that nobody asked for are passed
 *     over
 * @param seen when the last change arrived
 * @param snapshot everything that is known, with its gaps; a finding for all that is stale
 * @param stale what is not up to date, in order; empty when all is
 */
public record Revision(long number, Instant seen, Snapshot snapshot, List<Stale> stale) {
  public Revision {
    stale = List.copyOf(stale);
  }
}
