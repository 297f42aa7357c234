package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mark;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The bytes of one file, cut into documents as kubectl cuts them: at lines that begin with {@code
 * ---} (apimachinery {@code pkg/util/yaml/decoder.go}, YAMLReader). Knows UTF-8; knows no YAML.
 */
final class TextFile {
  private static final int SNIFF = 8000; // as git does to tell binary files
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] bytes;

  TextFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A document's place in the file.
   *
   * @param from offset of its first byte
   * @param to offset after its last byte
   * @param line the 1-based line of its first byte
   * @param separator what stands behind the {@code ---} before it, which must be nothing
   */
  record Piece(int from, int to, int line, String separator) {}

  /** Cuts the file; stops after one piece more than the limit. */
  List<Piece> pieces(int limit) throws BadText {
    refuseOtherEncodings();
    List<Piece> out = new ArrayList<>();
    int from = startsWith(0xEF, 0xBB, 0xBF) ? 3 : 0;
    int line = 1;
    int begin = from;
    int beginLine = 1;
    String separator = "";
    for (int at = from; at < bytes.length && out.size() <= limit; line++) {
      int end = endOfLine(at);
      if (isSeparator(at, end)) {
        out.add(new Piece(begin, at, beginLine, separator));
        separator = behind(at + 3, end);
        begin = end;
        beginLine = line + 1;
      }
      at = end;
    }
    out.add(new Piece(begin, bytes.length, beginLine, separator));
    return out;
  }

  private int endOfLine(int at) {
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, bytes.length);
  }

  private boolean isSeparator(int at, int end) {
    return end - at >= 3 && bytes[at] == '-' && bytes[at + 1] == '-' && bytes[at + 2] == '-';
  }

  private String behind(int from, int to) {
    String rest = new String(bytes, from, Math.min(to - from, 80), StandardCharsets.UTF_8).strip();
    return rest.startsWith("#") ? "" : rest;
  }

  /** The text of a piece. */
  Chunk text(Piece piece) throws BadText {
    int from = startsWithMark(piece.from()) ? piece.from() + 3 : piece.from();
    int length = Math.max(0, piece.to() - from);
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      refuseBadUtf8(ByteBuffer.wrap(bytes, from, length), piece.line());
    }
    return new Chunk(text, piece.line());
  }

  /** The text of a piece, wrong bytes replaced. */
  String lossy(Piece piece) {
    return new String(bytes, piece.from(), piece.to() - piece.from(), StandardCharsets.UTF_8);
  }

  private boolean startsWithMark(int at) {
    return at + 2 < bytes.length
        && (bytes[at] & 0xff) == 0xEF
        && (bytes[at + 1] & 0xff) == 0xBB
        && (bytes[at + 2] & 0xff) == 0xBF;
  }

  private static void refuseBadUtf8(ByteBuffer in, int firstLine) throws BadText {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(8192);
    int line = firstLine;
    int column = 1;
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      out.flip();
      while (out.hasRemaining()) {
        char c = out.get();
        column = c == '\n' ? 1 : column + 1;
        line += c == '\n' ? 1 : 0;
      }
      out.clear();
      if (result.isError()) {
        String bad = "%02X".formatted(in.get(in.position()) & 0xff).toUpperCase(Locale.ROOT);
        String what =
            "is not UTF-8: the byte 0x" + bad + " stands where a character must begin or go on";
        throw new BadText("PV003", what, "save the file as UTF-8", new Mark(line, column));
      }
      if (result.isUnderflow()) {
        return;
      }
    }
  }

  private void refuseOtherEncodings() throws BadText {
    if (startsWith(0xFE, 0xFF) || startsWith(0xFF, 0xFE) || isAlternatingZero()) {
      String what = "is UTF-16 or UTF-32, which Kubernetes' tools do not read";
      throw new BadText("PV005", what, "save the file as UTF-8", new Mark(1, 1));
    }
    int line = 1;
    int begin = 0;
    for (int i = 0; i < Math.min(bytes.length, SNIFF); i++) {
      if (bytes[i] == '\n') {
        line++;
        begin = i + 1;
      } else if (bytes[i] == 0) {
        String what = "is binary, not text: it holds a zero byte";
        String help = "give the file another extension than .yaml, .yml or .json";
        throw new BadText("PV004", what, help, new Mark(line, i - begin + 1));
      }
    }
  }

  /** Whether every other of the first bytes is zero, as in Latin text in UTF-16 without a mark. */
  private boolean isAlternatingZero() {
    if (bytes.length < 4) {
      return false;
    }
    boolean big = bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0;
    boolean little = bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0;
    return big || little;
  }

  private boolean startsWith(int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
