package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.tighten.Declared;
import io.github.polverdict.report.Connections;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads declared flows: csv with the header {@code from,to}, or {@code src,dst,conn} as {@code
 * connectivity -o csv} writes it.
 */
final class DeclaredFile {
  private DeclaredFile() {}

  static List<Declared> read(Path file) {
    String text = FlowsFile.text(file);
    boolean connections =
        text.lines()
            .map(String::strip)
            .filter(l -> !l.isEmpty() && !l.startsWith("#"))
            .findFirst()
            .filter(l -> l.equals("src,dst,conn"))
            .isPresent();
    return connections
        ? connections(text, file)
        : FlowsFile.parse(text, file).stream()
            .map(p -> new Declared(p.from(), p.to(), Optional.empty()))
            .toList();
  }

  private static List<Declared> connections(String text, Path file) {
    List<Declared> out = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#") || line.equals("src,dst,conn")) {
        continue;
      }
      String[] cells = line.split(",", 3);
      if (cells.length < 3) {
        throw wrong(file, i, "expected src,dst,conn and found '" + line + "'");
      }
      String conn = cells[2].strip().replaceAll("^\"|\"$", "");
      if (conn.startsWith("UNKNOWN ")) {
        throw wrong(file, i, "what is not known can't be declared: say the traffic, or delete it");
      }
      TrafficSet traffic = parsed(conn, file, i);
      if (!traffic.isEmpty()) {
        out.addAll(Declared.between(cells[0].strip(), cells[1].strip(), traffic));
      }
    }
    return out;
  }

  private static TrafficSet parsed(String conn, Path file, int index) {
    return Connections.parse(conn)
        .orElseThrow(() -> wrong(file, index, "'" + conn + "' is not like TCP 80,443,UDP 53"));
  }

  private static Complaint wrong(Path file, int index, String why) {
    return new Complaint(ExitCode.UNREADABLE, file + ":" + (index + 1) + ": " + why);
  }
}
