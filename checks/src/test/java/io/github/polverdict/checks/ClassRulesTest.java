package io.github.polverdict.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule over built classes is red on its offender, and on nothing else among all offenders. */
class ClassRulesTest {
  private static final String BASE = "io.github.polverdict.checks.offenders.";
  private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(BASE + "..");

  @TempDir private Path empty;

  static Stream<Arguments> offenders() {
    return Stream.of(
        arguments("arrow-core.kernel", List.of("core.kernel.Peeks")),
        arguments("arrow-core.model", List.of("core.model.Peeks")),
        arguments("arrow-core.engine", List.of("core.engine.Peeks")),
        arguments("arrow-snapshot", List.of("snapshot.Peeks")),
        arguments("arrow-dialects.api", List.of("dialects.api.Peeks")),
        arguments("arrow-dialects.kubernetes", List.of("dialects.kubernetes.Peeks")),
        arguments("arrow-dialects", List.of("dialects.north.Peeks")),
        arguments("arrow-questions", List.of("questions.Peeks")),
        arguments("arrow-report", List.of("report.Peeks")),
        arguments("arrow-live", List.of("live.Peeks")),
        arguments("arrow-lab", List.of("lab.Peeks")),
        arguments("arrow-workbench", List.of("workbench.Creates", "workbench.Peeks")),
        arguments("arrow-cli", List.of("cli.Peeks")),
        arguments("arrow-testkit", List.of("testkit.Peeks")),
        arguments("parts", List.of("attic.Lost")),
        arguments("dialect-apart", List.of("dialects.kubernetes.Peeks", "dialects.south.Rivalry")),
        arguments("kubernetes-client", List.of("questions.CallsTheCluster")),
        arguments("yaml-parser", List.of("questions.ReadsYaml")),
        arguments("json-streams", List.of("questions.ReadsJson")),
        arguments("re2", List.of("questions.Matches")),
        arguments("picocli", List.of("questions.ReadsArguments")),
        arguments("http-server", List.of("questions.Serves")),
        arguments("spark", List.of("questions.Sparkles")),
        arguments("libraries", List.of("questions.Borrows")),
        arguments("no-io", List.of("core.kernel.Prints")),
        arguments("no-clock", List.of("core.kernel.AsksTheTime")),
        arguments("no-environment", List.of("core.kernel.AsksTheMachine")),
        arguments("no-logging", List.of("core.kernel.Logs")),
        arguments("no-chance", List.of("core.kernel.RollsDice")),
        arguments("cycles", List.of("cycle")),
        arguments("class-names", List.of("questions.PortUtils")),
        arguments("dialects-found", List.of("dialects.north.Unlisted", "workbench.Creates")),
        arguments("versions", List.of("questions.AsksForVersion", "report.EngineVersion")));
  }

  @ParameterizedTest
  @MethodSource("offenders")
  void a_rule_names_its_offenders(String id, List<String> subjects) {
    House house = new House(empty, BASE, OFFENDERS, List.of());
    Stream<Violation> found = Rules.byId(id).search().apply(house);
    assertThat(found.map(Violation::subject).distinct())
        .containsExactlyInAnyOrderElementsOf(subjects);
  }

  @Test
  void a_seed_makes_a_random_source_welcome() {
    House house = new House(empty, BASE, OFFENDERS, List.of());
    assertThat(Rules.byId("no-chance").search().apply(house)).hasSize(1);
  }

  @Test
  void every_rule_has_an_offender() {
    List<String> shown =
        Stream.concat(offenders(), SourceRulesTest.offenders())
            .map(arguments -> String.valueOf(arguments.get()[0]))
            .distinct()
            .toList();
    assertThat(Rules.ALL).extracting(Rule::id).containsExactlyInAnyOrderElementsOf(shown);
  }
}
