package io.github.polverdict.live;

import java.time.Duration;

/**
 * How long an API server is waited for.
 *
 * @param connect until a connection stands
 * @param request until a request is answered
 * @param attempts tries of one request, at least 1
 * @param firstPause between the first two tries; doubles each time
 * @param longestPause the most that a server's {@code Retry-After} is followed
 */
record Patience(
    Duration connect, Duration request, int attempts, Duration firstPause, Duration longestPause) {
  static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          5,
          Duration.ofMillis(250),
          Duration.ofSeconds(20));

  /** The pause after a failed try, the first being 1. */
  Duration pause(int afterTry) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(afterTry - 1, 16));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
