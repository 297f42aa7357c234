package io.github.polverdict.core.kernel;

/** A truth value of Kleene's three-valued logic; MAYBE means that a fact is missing. */
public enum Truth {
  YES,
  MAYBE,
  NO;

  public static Truth of(boolean value) {
    return value ? YES : NO;
  }

  public Truth and(Truth other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == MAYBE || other == MAYBE ? MAYBE : YES;
  }

  public Truth or(Truth other) {
    if (this == YES || other == YES) {
      return YES;
    }
    return this == MAYBE || other == MAYBE ? MAYBE : NO;
  }

  public Truth not() {
    return switch (this) {
      case YES -> NO;
      case MAYBE -> MAYBE;
      case NO -> YES;
    };
  }
}
