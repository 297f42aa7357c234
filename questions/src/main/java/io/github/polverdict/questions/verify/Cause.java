package io.github.polverdict.questions.verify;

/** What a contradiction comes from. */
public enum Cause {
  PREDICTION_WRONG("prediction wrong"),
  NOT_REALISED("policy not yet realised"),
  AGENT("agent down or older than its settings"),
  NOTHING_LISTENS("nothing listens"),
  OTHER_LAYER("another layer"),
  PROBE_BROKEN("probe broken"),
  CHANGED("changed during the run");

  private final String words;

  Cause(String words) {
    this.words = words;
  }

  /** {@code prediction wrong}. */
  public String words() {
    return words;
  }
}
