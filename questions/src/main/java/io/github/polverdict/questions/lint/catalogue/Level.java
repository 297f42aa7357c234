package io.github.polverdict.questions.lint.catalogue;

import java.util.Locale;
import java.util.Optional;

/** How bad a finding is, the worst first. */
public enum Level {
  /** Something breaks, or nothing is protected. */
  CRITICAL,
  /** A policy does not do what it says, or opens or closes what nobody would want. */
  HIGH,
  /** A policy does nothing, or less than it seems. */
  MEDIUM,
  /** Nothing changes without it. */
  LOW,
  /** Worth knowing. */
  INFO;

  /** The level of that name, in any case. */
  public static Optional<Level> of(String name) {
    for (Level level : values()) {
      if (level.name().equalsIgnoreCase(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  public boolean atLeast(Level other) {
    return compareTo(other) <= 0;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
