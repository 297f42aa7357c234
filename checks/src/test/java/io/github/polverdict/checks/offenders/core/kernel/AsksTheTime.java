package io.github.polverdict.checks.offenders.core.kernel;

import java.time.Instant;

/** Reads the clock. */
final class AsksTheTime {
  Instant now() {
    return Instant.now();
  }
}
