package io.github.polverdict.lab.replay;

import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.replay.Played.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What packets have confirmed, with what ran while they were sent.
 *
 * @param engine of the lab, as {@code --cni} takes it
 * @param pins what ran
 */
public record Evidence(
    String engine, int nodes, LocalDate date, Map<String, String> pins, List<Played> confirmed) {
  private static final Pattern SCENARIO = Pattern.compile("  (\\S+\\.scn):");
  private static final Pattern FLOW =
      Pattern.compile("    - \\{flow: \"([^\"]+)\", outcome: (\\w+)");

  public static Evidence of(Ground ground, LocalDate date, List<Played> all) {
    return new Evidence(
        ground.lab().engine(),
        ground.lab().nodes(),
        date,
        new TreeMap<>(ground.pins()),
        all.stream().filter(p -> p.result() == Result.CONFIRMED).toList());
  }

  /** The name of a file for the evidence of a lab with an engine, {@code cilium-1.20.yaml}. */
  public static String fileOf(String engine) {
    return engine.replaceAll("[^A-Za-z0-9.=-]+", "-") + ".yaml";
  }

  /** Where earlier evidence of an engine is: in a file, or a folder with one for each engine. */
  private static Path file(Path before, String engine) {
    return Files.isDirectory(before) ? before.resolve(fileOf(engine)) : before;
  }

  /** Whether there is earlier evidence of an engine. */
  public static boolean isOf(String engine, Path before) {
    return Files.exists(file(before, engine));
  }

  /**
   * What earlier evidence of the same engine has confirmed of these scenarios, and these have not.
   *
   * @param before a file, or a folder with one for each engine of which there is any
   * @return a line for each such flow
   * @throws LabFailure when there is no such file
   */
  public static List<String> lost(Path before, String engine, List<Played> all) {
    Path file = file(before, engine);
    if (!file.equals(before) && Files.notExists(file)) {
      return List.of();
    }
    Set<String> played = all.stream().map(Played::scenario).collect(Collectors.toSet());
    Set<String> now =
        all.stream()
            .filter(p -> p.result() == Result.CONFIRMED)
            .map(p -> "%s: %s %s".formatted(p.scenario(), p.flow(), p.expected()))
            .collect(Collectors.toSet());
    List<String> out = new ArrayList<>();
    String scenario = "";
    for (String line : lines(file)) {
      Matcher head = SCENARIO.matcher(line);
      Matcher flow = FLOW.matcher(line);
      if (head.matches()) {
        scenario = head.group(1);
      } else if (flow.lookingAt() && played.contains(scenario)) {
        out.add("%s: %s %s".formatted(scenario, flow.group(1), flow.group(2)));
      }
    }
    out.removeAll(now);
    return out;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new LabFailure("can't read the evidence " + file + ": " + e.getMessage());
    }
  }

  /** Writes it as YAML, whole or not at all. */
  public void write(Path file) {
    try {
      Path target = file.toAbsolutePath();
      Files.createDirectories(target.getParent());
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
