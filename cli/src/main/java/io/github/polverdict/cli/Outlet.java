package io.github.polverdict.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output of a process whose reader may leave before the end, as {@code head} does. That is
 * no error: the run ends there, without a word.
 */
final class Outlet extends FilterOutputStream {
  /** What a process that was ended by SIGPIPE leaves behind. */
  static final int CODE = 141;

  /** The reader has left. */
  static final class ReaderLeft extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReaderLeft(IOException cause) {
      super(cause);
    }
  }

  Outlet(OutputStream to) {
    super(to);
  }

  static Outlet standard() {
    return new Outlet(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      throw unlessReaderLeft(e);
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  private static IOException unlessReaderLeft(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Broken pipe") || message.contains("pipe is being closed")) {
      throw new ReaderLeft(e);
    }
    return e;
  }
}
