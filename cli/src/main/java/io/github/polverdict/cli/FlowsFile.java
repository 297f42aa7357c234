package io.github.polverdict.cli;

import io.github.polverdict.questions.explain.ExplainManyQuestion.Pair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads flows: csv with the header {@code from,to}; blank lines and lines that begin with # are
 * left out.
 */
final class FlowsFile {
  private FlowsFile() {}

  static List<Pair> read(Path file) {
    return parse(text(file), file);
  }

  /** The text of a file or of standard input, without the mark that spreadsheets put before it. */
  static String text(Path file) {
    try {
      byte[] bytes =
          file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException _) {
      throw new Complaint(
          ExitCode.UNREADABLE, "cannot read " + file + ": it is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      throw Complaint.of("cannot read " + file, e);
    }
  }

  static List<Pair> parse(String text, Path file) {
    List<Pair> out = new ArrayList<>();
    List<String> lines = text.lines().toList();
    boolean header = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split(",", -1);
      if (!header) {
        header = true;
        if (cells.length < 2
            || !unquoted(cells[0]).equals("from")
            || !unquoted(cells[1]).equals("to")) {
          throw wrong(file, i, "the header must begin with from,to; found '" + line + "'");
        }
      } else if (cells.length < 2) {
        throw wrong(file, i, "expected from,to and found '" + line + "'");
      } else {
        out.add(new Pair(unquoted(cells[0]), unquoted(cells[1])));
      }
    }
    if (!header) {
      throw wrong(file, 0, "there is no header from,to; the file is empty");
    }
    return out;
  }

  private static String unquoted(String cell) {
    return cell.strip().replaceAll("^\"|\"$", "");
  }

  private static Complaint wrong(Path file, int index, String why) {
    return new Complaint(ExitCode.UNREADABLE, file + ":" + (index + 1) + ": " + why);
  }
}
