package io.github.polverdict.cli;

import io.github.polverdict.questions.evidence.EvidenceAnswer.Exhibit;
import io.github.polverdict.questions.evidence.EvidenceAnswer.Summed;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layout;
import io.github.polverdict.report.Palette;
import io.github.polverdict.report.Report;
import io.github.polverdict.workbench.evidence.Sums;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a pack of evidence, by name. */
final class Exhibits {
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, String> what = new TreeMap<>();

  void add(String name, String says, byte[] bytes) {
    files.put(name, bytes);
    what.put(name, says);
  }

  /** A copy of a user's file. */
  void copy(String name, String says, Path file) {
    try {
      add(name, says, Files.readAllBytes(file));
    } catch (IOException e) {
      throw Complaint.of("cannot read " + file, e);
    }
  }

  /** An answer in one format. */
  <A> void answer(String name, String says, A answer, Layout<A> layout, Format format) {
    add(name, says, bytes(answer, layout, format));
  }

  static <A> byte[] bytes(A answer, Layout<A> layout, Format format) {
    StringWriter out = new StringWriter();
    new Report(format, Palette.PLAIN).write(layout, answer, out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  Map<String, byte[]> files() {
    return files;
  }

  /** What they are, with their sums. */
  List<Exhibit> listed() {
    List<Exhibit> out = new ArrayList<>();
    files.forEach(
        (name, bytes) -> out.add(new Exhibit(summed(name, bytes), what.getOrDefault(name, ""))));
    return out;
  }

  static Summed summed(String name, byte[] bytes) {
    return new Summed(name, bytes.length, Sums.of(bytes));
  }
}
