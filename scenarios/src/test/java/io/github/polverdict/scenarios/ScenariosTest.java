package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.Profile;
import io.github.polverdict.dialects.api.Quirk;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.testkit.ScenarioReader;
import io.github.polverdict.workbench.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario under every engine it has a column for, and the profiles held against them. */
class ScenariosTest {
  private static final Path FOLDER =
      Path.of("").toAbsolutePath().endsWith("scenarios") ? Path.of(".") : Path.of("scenarios");
  private static final Pattern PORT = Pattern.compile("(.*):(\\d+)(?:/(TCP|UDP|SCTP))?");

  private static List<Scenario> all() throws IOException {
    List<Scenario> out = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(ScenariosTest::isScenario).sorted().toList()) {
        out.add(ScenarioReader.read(file));
      }
    }
    assertThat(out).hasSizeGreaterThan(10);
    return out;
  }

  /** Those of the engines; that of the guide's example has a test of its own. */
  private static boolean isScenario(Path file) {
    Path path = FOLDER.relativize(file);
    return path.toString().endsWith(".scn")
        && !path.startsWith("src")
        && !path.startsWith("target");
  }

  @TestFactory
  Stream<DynamicTest> every_cell_comes_out_as_written() throws IOException {
    return all().stream()
        .flatMap(s ->
            s.engines().stream()
                .map(e ->
                    DynamicTest.dynamicTest(
                        FOLDER.relativize(s.file()) + " under " + e, () -> run(s, e))));
  }

  private static void run(Scenario scenario, String engine) {
    Session session = Conformance.open(scenario.yaml(), engine);
    Session reordered = Conformance.open(reordered(scenario.yaml()), engine);
    List<String> wrong = new ArrayList<>();
    for (Scenario.Row row : scenario.rows()) {
      Scenario.Cell cell = row.expected().get(engine);
      if (cell != null) {
        ExplainAnswer answer = ask(session, row, scenario);
        String got = answer.verdict().name();
        String place =
            scenario.file().getFileName()
                + ":"
                + row.line()
                + ": "
                + row.from()
                + " -> "
                + row.to();
        if (!got.equals(cell.outcome())) {
          wrong.add(
              place
                  + ": expected "
                  + cell.outcome()
                  + ", got "
                  + got
                  + " because "
                  + answer.gates());
        }
        if (!ask(reordered, row, scenario).verdict().name().equals(got)) {
          wrong.add(place + ": another order of the documents gives another verdict");
        }
        matrix(session, row)
            .filter(m -> !m.equals(got))
            .ifPresent(m -> wrong.add(place + ": the judge says " + got + ", the matrix " + m));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static ExplainAnswer ask(Session session, Scenario.Row row, Scenario scenario) {
    return switch (new ExplainQuestion(row.from(), row.to(), "").ask(session)) {
      case Reply.Answered<ExplainAnswer>(ExplainAnswer answer) -> answer;
      case Reply.Refused<ExplainAnswer>(var refusals) ->
          throw new AssertionError(scenario.file() + ":" + row.line() + ": " + refusals);
    };
  }

  /** The documents in the opposite order. */
  private static String reordered(String yaml) {
    List<String> documents = new ArrayList<>(List.of(yaml.split("(?m)^---\\s*\n")));
    return String.join("---\n", documents.reversed());
  }

  /** The matrix' word for flows between endpoints by their own addresses. */
  private static Optional<String> matrix(Session session, Scenario.Row row) {
    Matcher to = PORT.matcher(row.to());
    if (!to.matches()) {
      return Optional.empty();
    }
    Optional<Endpoint> source = session.universe().endpoint(row.from());
    Optional<Endpoint> destination = session.universe().endpoint(to.group(1));
    if (source.isEmpty() || destination.isEmpty()) {
      return Optional.empty();
    }
    var protocol =
        io.github.polverdict.core.kernel.Protocol.valueOf(
            to.group(3) == null ? "TCP" : to.group(3));
    int port = Integer.parseInt(to.group(2));
    Family family = session.families().contains(Family.IPV4) ? Family.IPV4 : Family.IPV6;
    var cell = session.matrix(family).cell(source.get(), destination.get());
    Outcome outcome =
        cell.allowed().contains(protocol, port)
            ? Outcome.ALLOWED
            : cell.unknown().contains(protocol, port) ? Outcome.UNKNOWN : Outcome.DENIED;
    return Optional.of(outcome.name());
  }

  @Test
  void every_row_that_changes_verdicts_is_shown_by_a_scenario() throws IOException {
    Map<String, Set<String>> shown = new TreeMap<>();
    for (Scenario scenario : all()) {
      String file = FOLDER.relativize(scenario.file()).toString();
      Set<String> ids = shown.computeIfAbsent(file, _ -> new TreeSet<>());
      scenario.rows().forEach(r -> r.expected().values().forEach(c -> ids.addAll(c.quirks())));
    }
    List<String> missing = new ArrayList<>();
    for (Profile profile : Dialects.installed().profiles()) {
      for (Quirk quirk : profile.quirks()) {
        for (String file : quirk.scenarios()) {
          if (!shown.containsKey(file)) {
            missing.add(quirk.id() + " names " + file + ", which is not there");
          }
        }
        boolean used = shown.values().stream().anyMatch(ids -> ids.contains(quirk.id()));
        if (quirk.effect() != Quirk.Effect.NOTE && !used) {
          missing.add(quirk.id() + " is shown by no cell");
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_cell_that_differs_from_the_specification_names_a_row_of_its_engine()
      throws IOException {
    Dialects dialects = Dialects.installed();
    List<String> wrong = new ArrayList<>();
    for (Scenario scenario : all()) {
      for (Scenario.Row row : scenario.rows()) {
        Scenario.Cell specified = row.expected().get("kubernetes");
        row.expected()
            .forEach((engine, cell) -> {
              String place = scenario.file() + ":" + row.line() + ": " + engine;
              Profile profile = dialects.profile(dialects.understand(CniSpec.parse(engine)).name());
              cell.quirks().stream()
                  .filter(id -> profile.quirk(id).isEmpty())
                  .forEach(id -> wrong.add(place + " has no row " + id));
              boolean differs = specified != null && !specified.outcome().equals(cell.outcome());
              if (differs && cell.quirks().isEmpty()) {
                wrong.add(place + " differs and names no row");
              }
            });
      }
    }
    assertThat(wrong).isEmpty();
  }
}
