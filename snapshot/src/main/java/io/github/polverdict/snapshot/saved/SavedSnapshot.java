package io.github.polverdict.snapshot.saved;

import io.github.polverdict.snapshot.ApiJson;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.SnapshotSource;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A snapshot in a file: one line of text, then gzip. The line is {@code polverdict-snapshot FORMAT
 * VERSION PACKED UNPACKED SHA256}: the format's number, the polverdict that wrote it, the bytes of
 * what follows and of what that unpacks to, and the checksum of the line so far and of what
 * follows. {@code tail -n +2 FILE | gunzip} shows everything that is in it.
 *
 * @param path the file
 * @param limits what is refused
 */
public record SavedSnapshot(Path path, Limits limits) implements SnapshotSource {
  /** The number of the format that this version writes, and the newest that it reads. */
  public static final int FORMAT = 1;

  private static final String MAGIC = "polverdict-snapshot ";
  private static final int LONGEST_LINE = 256;

  /**
   * How large a file may be, so that none can exhaust the machine.
   *
   * @param packed bytes of the file
   * @param unpacked bytes that it may unpack to
   */
  public record Limits(long packed, int unpacked) {
    private static final int MIB = 1024 * 1024;
    public static final Limits DEFAULT = new Limits(256L * MIB, 768 * MIB);
  }

  public SavedSnapshot(Path path) {
    this(path, Limits.DEFAULT);
  }

  /** Whether a file begins as a saved snapshot does, whatever it is called. */
  public static boolean isOne(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAGIC.length()), StandardCharsets.UTF_8).equals(MAGIC);
    } catch (IOException _) {
      return false; // whoever opens it in earnest says why
    }
  }

  /** A snapshot without what no verdict needs; only this is ever saved. */
  public static Snapshot redacted(Snapshot snapshot) {
    return Redaction.of(snapshot);
  }

  /**
   * The file's bytes; the same for the same snapshot and version.
   *
   * @param version of the polverdict that writes, without spaces
   */
  public static byte[] bytes(Snapshot snapshot, String version) {
    try {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      Content.write(Redaction.of(snapshot), content);
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        content.writeTo(gzip);
      }
      String line = MAGIC + FORMAT + " " + version + " " + packed.size() + " " + content.size();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(utf8(line + " " + sum(line, packed.toByteArray()) + "\n"));
      packed.writeTo(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
  }

  /**
   * Reads the file; its name is that of the snapshot.
   *
   * @throws UnreadableSource when it is damaged, too large, or of a newer format
   */
  @Override
  public Snapshot read() throws UnreadableSource {
    try (InputStream in = Files.newInputStream(path)) {
      if (Files.size(path) > limits.packed()) {
        throw unreadable("is larger than " + limits.packed() + " bytes", "read fewer namespaces");
      }
      return read(in.readAllBytes());
    } catch (IOException e) {
      throw unreadable("cannot be read: " + e.getMessage(), "check its permissions");
    }
  }

  private Snapshot read(byte[] file) throws UnreadableSource {
    int end = 0;
    while (end < Math.min(file.length, LONGEST_LINE) && file[end] != '\n') {
      end++;
    }
    String line = new String(file, 0, end, StandardCharsets.UTF_8);
    String[] words = line.split(" ", -1);
    if (!line.startsWith(MAGIC)) {
      throw unreadable("is no saved snapshot", "make one with: polverdict snapshot");
    }
    if (end == file.length) {
      throw damaged("is cut off in its first line");
    }
    if (!words[1].equals(Integer.toString(FORMAT))) {
      String by = words.length > 2 ? ", written by polverdict " + words[2] : "";
      throw unreadable(
          "has the format " + words[1] + by, "read it with that version or a newer one");
    }
    long[] sizes = sizes(words);
    long there = file.length - end - 1L;
    if (there < sizes[0]) {
      throw damaged("is cut off: " + Math.max(0, there) + " of " + sizes[0] + " bytes are there");
    }
    byte[] packed = Arrays.copyOfRange(file, end + 1, file.length);
    String signed = line.substring(0, line.lastIndexOf(' '));
    if (there > sizes[0] || !sum(signed, packed).equals(words[5])) {
      throw damaged("is damaged: its checksum is wrong");
    }
    if (sizes[1] > limits.unpacked()) {
      throw unreadable(
          "unpacks to " + sizes[1] + " bytes, more than " + limits.unpacked(),
          "read fewer namespaces");
    }
    return parsed(packed, (int) sizes[1]);
  }

  private long[] sizes(String[] words) throws UnreadableSource {
    boolean whole = words.length == 6 && (words[3] + words[4]).matches("[0-9]{2,24}");
    if (!whole || words[3].length() > 12 || words[4].length() > 12) {
      throw damaged("is damaged: its first line is not that of a saved snapshot");
    }
    return new long[] {Long.parseLong("0" + words[3]), Long.parseLong("0" + words[4])};
  }

  private Snapshot parsed(byte[] packed, int size) throws UnreadableSource {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] content = gzip.readNBytes(size);
      if (content.length < size || gzip.read() >= 0) {
        throw damaged("is damaged: it does not unpack to " + size + " bytes");
      }
      return Content.read(ApiJson.read(content), path.toString());
    } catch (IOException | ApiJson.Malformed | IllegalArgumentException e) {
      throw damaged("is damaged: " + e.getMessage());
    }
  }

  private static String sum(String line, byte[] packed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(utf8(line));
      return HexFormat.of().formatHex(digest.digest(packed));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private UnreadableSource damaged(String how) {
    return unreadable(how, "copy it again, or make it anew with: polverdict snapshot");
  }

  private UnreadableSource unreadable(String how, String next) {
    return new UnreadableSource("saved snapshot " + path + " " + how + "; " + next);
  }
}
