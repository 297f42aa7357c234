package io.github.polverdict.live.probe;

import io.github.polverdict.live.Pause;
import java.time.Duration;

/** Holds back who sends more than so many probes a second; what was not used can be made up for. */
final class Rate {
  /** For how long unused leave to send is kept. */
  private static final long KEPT = 250_000_000;

  private final double nanosEach;
  private long free = System.nanoTime();

  Rate(int perSecond) {
    this.nanosEach = 1e9 / Math.max(1, perSecond);
  }

  /** Waits until that many may be sent. */
  void take(int probes) {
    long wait = reserve(probes) - System.nanoTime();
    if (wait > 0) {
      Pause.of(Duration.ofNanos(wait));
    }
  }

  private synchronized long reserve(int probes) {
    long from = Math.max(free, System.nanoTime() - KEPT);
    free = from + (long) (probes * nanosEach);
    return from;
  }
}
