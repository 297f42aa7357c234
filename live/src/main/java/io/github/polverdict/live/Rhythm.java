package io.github.polverdict.live;

import java.time.Duration;

/**
 * How often a cluster that is watched is asked.
 *
 * @param watch how long one watch lasts before the server is asked for the next; so long may pass
 *     until withdrawn rights are noticed
 * @param poll between two lists of what cannot be watched
 * @param confirm until a refusal or an absence of what was there before is believed: an API server
 *     that starts refuses and does not know what it will serve a moment later
 * @param settle a quiet time after a change, so that changes that belong together come together
 */
record Rhythm(Duration watch, Duration poll, Duration confirm, Duration settle) {
  static final Rhythm USUAL =
      new Rhythm(
          Duration.ofSeconds(120),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(150));
}
