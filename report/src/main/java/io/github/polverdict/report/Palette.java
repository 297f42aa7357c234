package io.github.polverdict.report;

import io.github.polverdict.core.model.Outcome;

/** The colours of a terminal, or none. */
public enum Palette {
  PLAIN,
  ANSI;

  String outcome(Outcome outcome) {
    return outcome(outcome, outcome.toString());
  }

  /** Green for what passes, red for what does not, yellow for what is not known. */
  String outcome(Outcome outcome, String text) {
    return switch (outcome) {
      case ALLOWED -> paint("32", text);
      case DENIED -> paint("31", text);
      case UNKNOWN -> paint("33", text);
    };
  }

  String strong(String text) {
    return paint("1", text);
  }

  String faint(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
