package io.github.polverdict.live.probe;

import java.util.Locale;

/** What a probe said where the flow comes from. */
enum Word {
  CONNECTED,
  REFUSED,
  /** It waited for as long as it was told to. */
  TIMEOUT,
  UNREACHABLE,
  /** It has no tool for the protocol, or the kernel has not. */
  UNSUPPORTED,
  FAILED,
  /** Nothing was said so far. */
  NOTHING,
  /** The probe was lost before it could say anything. */
  LOST;

  /** The word of the agent's answer; FAILED for one that is not known. */
  static Word of(String text) {
    try {
      return valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return FAILED;
    }
  }

  /** Whether no packet came back for all that is known. */
  boolean unanswered() {
    return this == TIMEOUT || this == NOTHING;
  }
}
