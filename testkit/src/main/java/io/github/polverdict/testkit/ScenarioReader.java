package io.github.polverdict.testkit;

import io.github.polverdict.testkit.Scenario.Cell;
import io.github.polverdict.testkit.Scenario.Lint;
import io.github.polverdict.testkit.Scenario.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code .scn} files; the language is described in docs/guide/scenarios.md. */
public final class ScenarioReader {
  private static final Pattern CELL =
      Pattern.compile("(ALLOWED|DENIED|UNKNOWN)(?:\\s*\\(([^)]*)\\))?");

  private final Path file;
  private final StringBuilder yaml = new StringBuilder();
  private final Set<String> engines = new LinkedHashSet<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Lint> lints = new ArrayList<>();
  private List<String> columns = List.of();
  private String title = "";
  private String says = "";

  private ScenarioReader(Path file) {
    this.file = file;
  }

  /**
   * Reads one file.
   *
   * @throws IllegalArgumentException with the line that is not understood
   */
  public static Scenario read(Path file) throws IOException {
    return new ScenarioReader(file).read(Files.readAllLines(file));
  }

  private Scenario read(List<String> lines) {
    String block = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("```")) {
        block = block.isEmpty() ? line.substring(3).strip() : "";
        columns = List.of();
        yaml.append(block.equals("yaml") ? "---\n" : "");
      } else {
        line(block, line, i + 1);
      }
    }
    if (title.isEmpty() || (rows.isEmpty() && lints.isEmpty())) {
      throw wrong(1, "a scenario has a title and at least one flow or finding");
    }
    return new Scenario(
        file, title, yaml.toString(), List.copyOf(engines), List.copyOf(rows), List.copyOf(lints));
  }

  private void line(String block, String line, int number) {
    switch (block) {
      case "" ->
          title = title.isEmpty() && line.startsWith("# ") ? line.substring(2).strip() : title;
      case "yaml" -> yaml.append(line).append('\n');
      case "cluster" -> {
        if (!line.isBlank() && !line.startsWith("#")) {
          try {
            yaml.append("---\n").append(Shorthand.yaml(line.strip()));
          } catch (IllegalArgumentException e) {
            throw wrong(number, String.valueOf(e.getMessage()));
          }
        }
      }
      case "flows" -> flow(line, number);
      case "lint" -> lint(line, number);
      default -> throw wrong(number, "no block is called '" + block + "'");
    }
  }

  private void flow(String line, int number) {
    if (line.isBlank() || line.startsWith("#")) {
      says = line.replaceFirst("^#\\s*", "").strip();
      return;
    }
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    if (columns.isEmpty()) {
      columns = cells.subList(1, cells.size());
      engines.addAll(columns);
      return;
    }
    String[] ends = cells.getFirst().split("\\s+->\\s+", 2);
    if (ends.length < 2 || cells.size() != columns.size() + 1) {
      throw wrong(number, "expected 'from -> to' and " + columns.size() + " cells");
    }
    Map<String, Cell> expected = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String text = cells.get(i + 1);
      if (!text.equals("-")) {
        expected.put(columns.get(i), cell(text, number));
      }
    }
    rows.add(new Row(number, says, ends[0], ends[1], expected));
    says = "";
  }

  private void lint(String line, int number) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    if (columns.isEmpty()) {
      columns = cells.subList(1, cells.size());
      return;
    }
    String[] finding = cells.getFirst().split("\\s+", 2);
    if (cells.size() != columns.size() + 1 || !finding[0].matches("PV[0-9]{3}")) {
      throw wrong(number, "expected 'CODE OBJECT' and " + columns.size() + " cells");
    }
    Map<String, Boolean> fires = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      switch (cells.get(i + 1)) {
        case "fires" -> fires.put(columns.get(i), true);
        case "silent" -> fires.put(columns.get(i), false);
        case "-" -> {}
        case String other -> throw wrong(number, "'" + other + "' is not fires, silent or -");
      }
    }
    lints.add(new Lint(number, finding[0], finding.length > 1 ? finding[1] : "", fires));
  }

  private Cell cell(String text, int number) {
    Matcher matcher = CELL.matcher(text);
    if (!matcher.matches()) {
      throw wrong(number, "'" + text + "' is not ALLOWED, DENIED, UNKNOWN or -");
    }
    Set<String> quirks = new TreeSet<>();
    if (matcher.group(2) != null) {
      Arrays.stream(matcher.group(2).split(",")).map(String::strip).forEach(quirks::add);
    }
    return new Cell(matcher.group(1), quirks);
  }

  private IllegalArgumentException wrong(int line, String why) {
    return new IllegalArgumentException(file + ":" + line + ": " + why);
  }
}
