package io.github.polverdict.scenarios.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.Quirk;
import io.github.polverdict.dialects.api.Quirk.Effect;
import io.github.polverdict.dialects.kubernetes.KubernetesDialect;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.testkit.ScenarioReader;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the example of the guide works, and that the guide shows it as it is. */
class ExampleDialectTest {
  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("project.root")));
  private static final Path TESTS = ROOT.resolve("scenarios/src/test");
  private static final String PACKAGE = "io/github/polverdict/scenarios/example/";
  private static final Dialects DIALECTS =
      Dialects.of(List.of(new ExampleDialect(), new KubernetesDialect()));

  private static Snapshot snapshot(String manifests) throws UnreadableSource {
    byte[] bytes = manifests.getBytes(StandardCharsets.UTF_8);
    return FileSource.of(List.of("-"), new ByteArrayInputStream(bytes)).read();
  }

  private static Scenario scenario() throws IOException {
    return ScenarioReader.read(TESTS.resolve("resources/" + PACKAGE + "example.scn"));
  }

  @Test
  void everyCellOfItsScenarioComesOut() throws IOException, UnreadableSource {
    Scenario scenario = scenario();
    List<String> wrong = new ArrayList<>();
    for (String engine : scenario.engines()) {
      Session session =
          new Workbench(DIALECTS)
              .open(
                  snapshot(scenario.yaml()), Optional.of(CniSpec.parse(engine)), Grouping.WORKLOAD);
      for (Scenario.Row row : scenario.rows()) {
        if (new ExplainQuestion(row.from(), row.to(), "").ask(session)
            instanceof Reply.Answered<ExplainAnswer>(ExplainAnswer answer)) {
          String expected = Objects.requireNonNull(row.expected().get(engine)).outcome();
          if (!answer.verdict().name().equals(expected)) {
            wrong.add(row.line() + " under " + engine + ": " + answer.verdict());
          }
        } else {
          wrong.add(row.line() + " is refused");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyRowThatChangesVerdictsIsShown() throws IOException {
    Set<String> shown = new LinkedHashSet<>();
    scenario().rows().forEach(r -> r.expected().values().forEach(c -> shown.addAll(c.quirks())));
    assertThat(DIALECTS.profile("example").quirks())
        .filteredOn(q -> q.effect() != Effect.NOTE)
        .extracting(Quirk::id)
        .allMatch(shown::contains);
  }

  @Test
  void itsDaemonSetIsRecognised() throws UnreadableSource {
    Snapshot snapshot =
        snapshot(
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: example-agent, namespace: kube-system}
            spec:
              template:
                spec:
                  containers:
                    - {name: example-agent, image: "example.org/agent:v1.4.2", args: [--egress=off]}
            """);
    assertThat(new ExampleDialect().recognise(snapshot))
        .singleElement()
        .satisfies(s -> assertThat(s.version()).isEqualTo("1.4.2"))
        .satisfies(s -> assertThat(s.settings()).containsEntry("egress", "off"));
  }

  /** Every block of the guide that names a file of the example is that file. */
  @Test
  void theGuideShowsTheExampleAsItIs() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/guide/add-a-dialect.md"));
    Matcher block =
        Pattern.compile("<!-- (\\S+) -->\\n+(`{3,})\\w*\\n(.*?)\\n\\2\\n", Pattern.DOTALL)
            .matcher(guide);
    List<String> seen = new ArrayList<>();
    while (block.find()) {
      String file = block.group(1);
      String folder = file.endsWith(".java") ? "java/" : "resources/";
      assertThat(block.group(3).strip())
          .as(file)
          .isEqualTo(Files.readString(TESTS.resolve(folder + PACKAGE + file)).strip());
      seen.add(file);
    }
    assertThat(seen).containsExactly("example.yaml", "ExampleDialect.java", "example.scn");
  }
}
