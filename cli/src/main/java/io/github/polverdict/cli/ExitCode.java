package io.github.polverdict.cli;

import io.github.polverdict.core.model.Outcome;

/** What the process says to a script. */
enum ExitCode {
  /** Answered, and nothing is denied or different. */
  AS_ASKED(0),
  /** Denied, or differences, or findings. */
  FOUND(1),
  /** The command line can't be understood. */
  USAGE(2),
  /** Something could not be read, or would be refused by the API server. */
  UNREADABLE(3),
  /** UNKNOWN, and {@code --fail-on-unknown} was given. */
  UNDECIDED(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static ExitCode of(Outcome outcome, boolean failOnUnknown) {
    return switch (outcome) {
      case ALLOWED -> AS_ASKED;
      case DENIED -> FOUND;
      case UNKNOWN -> failOnUnknown ? UNDECIDED : AS_ASKED;
    };
  }

  /** What could not be read counts most, then what is not decided, then what was found. */
  ExitCode or(ExitCode other) {
    return rank() >= other.rank() ? this : other;
  }

  private int rank() {
    return switch (this) {
      case AS_ASKED -> 0;
      case FOUND -> 1;
      case UNDECIDED -> 2;
      case UNREADABLE -> 3;
      case USAGE -> 4;
    };
  }
}
