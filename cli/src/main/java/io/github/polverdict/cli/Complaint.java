package io.github.polverdict.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A reason to stop that the user can do something about. */
final class Complaint extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  Complaint(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  /**
   * What could not be done with a file, and the system's reason.
   *
   * @param what one clause without a full stop, {@code cannot read flows.csv}
   */
  static Complaint of(String what, Exception e) {
    Exception first = e.getCause() instanceof IOException io ? io : e;
    return new Complaint(ExitCode.UNREADABLE, what + ": " + reason(first));
  }

  private static String reason(Exception e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case FileAlreadyExistsException _ -> "there is a file of that name";
      case AccessDeniedException _ -> "permission denied";
      case EOFException _ -> "it ends too early";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  ExitCode code() {
    return code;
  }
}
