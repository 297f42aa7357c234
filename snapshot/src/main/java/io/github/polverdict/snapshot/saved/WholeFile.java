package io.github.polverdict.snapshot.saved;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that are there whole or not at all, also after a crash or on a full disk. Links are
 * followed; devices and pipes are written to, and never replaced.
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file, only its owner's to read. What stood there before stays until all of the new is
   * on the disk.
   *
   * @throws IOException when it cannot be written; then nothing has changed
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    if (isStream(file)) {
      Files.write(file, bytes);
      return;
    }
    Path absolute = target(file);
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    Path part = Files.createTempFile(folder, "." + absolute.getFileName(), ".part");
    try {
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
        out.force(true);
      }
      Files.move(
          part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      settle(folder);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The file itself, whatever links lead to it. */
  public static Path target(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  /** Whether it is a device or a pipe, which is written to and not replaced. */
  public static boolean isStream(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  /** Puts the new name on the disk, too; some systems cannot open folders, and need not. */
  private static void settle(Path folder) {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException _) {
      // the file itself is safe, and stands there
    }
  }
}
