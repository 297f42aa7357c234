package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mark;

/**
 * What makes one document unreadable. Never leaves this package: it becomes a finding and a gap.
 */
final class BadText extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String help;
  private final transient Mark mark;

  BadText(String code, String message, String help, Mark mark) {
    super(message, null, false, false);
    this.code = code;
    this.help = help;
    this.mark = mark;
  }

  String code() {
    return code;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  String help() {
    return help;
  }

  Mark mark() {
    return mark;
  }
}
