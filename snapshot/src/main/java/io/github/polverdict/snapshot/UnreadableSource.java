package io.github.polverdict.snapshot;

/** A source of which nothing could be read; the message names it and says what to do next. */
public final class UnreadableSource extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  public UnreadableSource(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  /** What is wrong and what to do next. */
  public String sentence() {
    return sentence;
  }
}
