package io.github.polverdict.lab;

/** A lab can't be made, used or removed; the message says what is wrong and what to do. */
public final class LabFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LabFailure(String message) {
    super(message);
  }
}
