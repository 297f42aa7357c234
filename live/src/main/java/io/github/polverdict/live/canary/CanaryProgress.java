package io.github.polverdict.live.canary;

/** Hears what the canary does next. */
@FunctionalInterface
public interface CanaryProgress {
  /** A step begins; one clause. */
  void begins(String what);
}
