package io.github.polverdict.workbench.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Files in one zip file. */
public final class Archive {
  private static final int MOST_FILES = 10_000;
  private static final long MOST_BYTES = 1L << 30;

  private Archive() {}

  /**
   * The zip file's bytes: the same for the same files in the same order and time, on one JDK.
   *
   * @param at the time that all files get, of 1980 to 2099, to two seconds
   */
  public static byte[] bytes(Map<String, byte[]> files, LocalDateTime at) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(at);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return out.toByteArray();
  }

  /**
   * The files of a zip file, in its order.
   *
   * @throws IOException with a sentence when it is none, or has too much in it
   */
  public static Map<String, byte[]> read(Path file) throws IOException {
    Map<String, byte[]> out = new LinkedHashMap<>();
    long left = MOST_BYTES;
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
        left -= bytes.length;
        if (left < 0 || out.size() >= MOST_FILES) {
          throw new ZipException("it has more in it than a pack has");
        }
        if (out.put(entry.getName(), bytes) != null) {
          throw new ZipException("it has two files " + entry.getName());
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ZipException("a name in it cannot be read");
    }
    if (out.isEmpty()) {
      throw new ZipException("it is no zip file, or an empty one");
    }
    return out;
  }
}
