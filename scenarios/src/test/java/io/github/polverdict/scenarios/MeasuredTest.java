package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.testkit.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What {@code polverdict lab scenarios} has measured, held against the scenarios as they are now: a
 * cell that was changed since has to be measured again.
 */
class MeasuredTest {
  private static final Path FOLDER =
      Path.of("").toAbsolutePath().endsWith("scenarios") ? Path.of(".") : Path.of("scenarios");
  private static final Pattern FILE = Pattern.compile("  ([^ ]+\\.scn):");
  private static final Pattern FLOW =
      Pattern.compile(
          "    - \\{flow: \"([^\"]+)\", outcome: (\\w+)(?:, column: \"([^\"]+)\")?, seen: (\\w+)}");

  /** One line of evidence. */
  private record Measured(Path file, String scenario, String flow, String outcome, String column) {
    String wrong() throws IOException {
      Path path = FOLDER.resolve(scenario);
      if (!Files.exists(path)) {
        return file + " names " + scenario + ", which is not there";
      }
      Optional<Scenario.Row> row =
          ScenarioReader.read(path).rows().stream()
              .filter(r -> (r.from() + " -> " + r.to()).equals(flow))
              .findFirst();
      if (row.isEmpty()) {
        return scenario + " has no flow " + flow + " any more; measure again";
      }
      Scenario.Cell cell = row.get().expected().get(column);
      boolean differs = !column.isEmpty() && (cell == null || !cell.outcome().equals(outcome));
      return differs ? scenario + ": " + flow + " was measured as " + outcome : "";
    }
  }

  private static List<Measured> all() throws IOException {
    List<Measured> out = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve("measured"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        String scenario = "";
        for (String line : Files.readAllLines(file)) {
          Matcher name = FILE.matcher(line);
          Matcher flow = FLOW.matcher(line);
          if (name.matches()) {
            scenario = name.group(1);
          } else if (flow.matches()) {
            String column = flow.group(3) == null ? "" : flow.group(3);
            out.add(new Measured(file, scenario, flow.group(1), flow.group(2), column));
          }
        }
      }
    }
    return out;
  }

  @Test
  void what_was_measured_is_still_what_the_scenarios_say() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Measured> all = all();
    for (Measured one : all) {
      if (!one.wrong().isEmpty()) {
        wrong.add(one.wrong());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(all.stream().map(Measured::scenario).distinct()).hasSizeGreaterThanOrEqualTo(100);
  }
}
