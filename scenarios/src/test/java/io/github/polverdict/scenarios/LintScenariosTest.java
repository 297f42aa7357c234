package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintAnswer.Problem;
import io.github.polverdict.questions.lint.LintQuestion;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import io.github.polverdict.questions.lint.catalogue.Entry;
import io.github.polverdict.questions.lint.checks.Remedy.Patch;
import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.testkit.Scenario.Lint;
import io.github.polverdict.testkit.ScenarioReader;
import io.github.polverdict.workbench.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What lint says of scenarios, and the table of findings held against scenarios and pages. */
class LintScenariosTest {
  /** The day by which acceptances in scenarios end. */
  private static final LocalDate TODAY = LocalDate.of(2027, 1, 1);

  private static final Path ROOT =
      Path.of("").toAbsolutePath().endsWith("scenarios") ? Path.of("..") : Path.of("");
  private static final Path FOLDER = ROOT.resolve("scenarios");

  private static List<Scenario> all() throws IOException {
    List<Scenario> out = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".scn")).sorted().toList()) {
        Scenario scenario = ScenarioReader.read(file);
        if (!scenario.lints().isEmpty()) {
          out.add(scenario);
        }
      }
    }
    assertThat(out).hasSizeGreaterThan(5);
    return out;
  }

  private static Set<String> engines(Scenario scenario) {
    Set<String> out = new LinkedHashSet<>();
    scenario.lints().forEach(l -> out.addAll(l.fires().keySet()));
    return out;
  }

  private static LintAnswer lint(String yaml, String engine) {
    Session session = Conformance.open(yaml, engine);
    return LintQuestion.all(TODAY).ask(session);
  }

  @TestFactory
  Stream<DynamicTest> exactly_the_findings_of_a_scenario_are_made() throws IOException {
    return all().stream()
        .flatMap(s ->
            engines(s).stream()
                .map(e ->
                    DynamicTest.dynamicTest(
                        FOLDER.relativize(s.file()) + " under " + e, () -> findings(s, e))));
  }

  private static void findings(Scenario scenario, String engine) {
    LintAnswer answer = lint(scenario.yaml(), engine);
    Set<String> codes = new TreeSet<>();
    Set<String> expected = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    for (Lint lint : scenario.lints()) {
      if (lint.fires().containsKey(engine)) {
        codes.add(lint.code());
        (lint.fires().get(engine) ? expected : silent).add(lint.code() + " " + lint.object());
      }
    }
    Set<String> made = new TreeSet<>();
    answer.problems().stream()
        .filter(p -> codes.contains(p.code()))
        .forEach(p -> made.add(p.code() + " " + p.object()));
    String all =
        answer.problems().stream()
            .map(p -> p.code() + " " + p.object() + ": " + p.message())
            .collect(Collectors.joining("\n"));
    assertThat(made).as(scenario.file() + ":\n" + all).isEqualTo(expected);
    assertThat(made).doesNotContainAnyElementsOf(silent);
  }

  @TestFactory
  Stream<DynamicTest> every_patch_makes_its_finding_go_away() throws IOException {
    return all().stream()
        .flatMap(s ->
            engines(s).stream()
                .flatMap(e ->
                    lint(s.yaml(), e).problems().stream()
                        .filter(p -> p.remedy().patch().isPresent())
                        .map(p ->
                            DynamicTest.dynamicTest(
                                FOLDER.relativize(s.file())
                                    + " under "
                                    + e
                                    + ": "
                                    + p.code()
                                    + " "
                                    + p.object(),
                                () -> mends(s, e, p)))));
  }

  private static void mends(Scenario scenario, String engine, Problem problem) {
    String yaml =
        switch (problem.remedy().patch().orElseThrow()) {
          case Patch.Add(String manifest) -> scenario.yaml() + "---\n" + manifest;
          case Patch.Change(String object, String json) ->
              JsonPatches.applied(scenario.yaml(), object, json);
        };
    LintAnswer after = lint(yaml, engine);
    List<String> left =
        after.problems().stream().map(p -> p.code() + " " + p.object() + p.message()).toList();
    assertThat(left).doesNotContain(problem.code() + " " + problem.object() + problem.message());
    assertThat(left)
        .noneMatch(p -> p.startsWith("PV080") || p.startsWith("PV013") || p.startsWith("PV001"));
  }

  @Test
  void every_finding_has_a_scenario_that_fires_and_one_that_does_not() throws IOException {
    Set<String> fires = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    for (Scenario scenario : all()) {
      for (Lint lint : scenario.lints()) {
        lint.fires().values().forEach(f -> (f ? fires : silent).add(lint.code()));
      }
    }
    List<String> codes = Catalogue.entries().stream().map(Entry::code).toList();
    assertThat(fires).containsAll(codes);
    assertThat(silent).containsAll(codes);
    assertThat(codes).containsAll(fires);
  }

  @Test
  void every_finding_has_a_page_with_the_words_of_the_table() throws IOException {
    for (Entry entry : Catalogue.entries()) {
      Path page = ROOT.resolve("docs/findings").resolve(entry.code() + ".md");
      assertThat(page).exists();
      assertThat(Files.readString(page)).startsWith(entry.page());
    }
  }
}
