package io.github.polverdict.cli;

/** A reason to stop that the user can do something about. */
final class Complaint extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  Complaint(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
