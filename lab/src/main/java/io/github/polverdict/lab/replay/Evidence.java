package io.github.polverdict.lab.replay;

import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.replay.Played.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What packets have confirmed, with what ran while they were sent.
 *
 * @param engine of the lab, as {@code --cni} takes it
 * @param pins what ran
 */
public record Evidence(
    String engine, int nodes, LocalDate date, Map<String, String> pins, List<Played> confirmed) {

  public static Evidence of(Ground ground, LocalDate date, List<Played> all) {
    return new Evidence(
        ground.lab().engine(),
        ground.lab().nodes(),
        date,
        new TreeMap<>(ground.pins()),
        all.stream().filter(p -> p.result() == Result.CONFIRMED).toList());
  }

  /** Writes it as YAML, whole or not at all. */
  public void write(Path file) {
    try {
      Path target = file.toAbsolutePath();
      Path fresh = target.resolveSibling(target.getFileName() + ".new");
      Files.writeString(fresh, yaml());
      Files.move(
          fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LabFailure("can't write " + file + ": " + e.getMessage());
    }
  }

  String yaml() {
    StringBuilder out =
        new StringBuilder(
            "# Written by `polverdict lab scenarios`: flows whose packets did what is expected.\n");
    out.append("engine: ").append(engine).append('\n');
    pins.forEach((key, value) -> out.append(key).append(": ").append(quoted(value)).append('\n'));
    out.append("nodes: ").append(nodes).append('\n');
    out.append("date: ").append(quoted(date.toString())).append('\n');
    out.append("scenarios:\n");
    String scenario = "";
    for (Played one : confirmed) {
      if (!one.scenario().equals(scenario)) {
        scenario = one.scenario();
        out.append("  ").append(scenario).append(":\n");
      }
      out.append("    - {flow: ").append(quoted(one.flow()));
      out.append(", outcome: ").append(one.expected());
      out.append(one.column().isEmpty() ? "" : ", column: " + quoted(one.column()));
      out.append(", seen: ").append(one.seen()).append("}\n");
    }
    return out.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
