package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintQuestion;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sets of manifests that were read through by hand, and exactly what lint finds in them. */
class ReviewedSetsTest {
  private static final LocalDate TODAY = LocalDate.of(2027, 1, 1);
  private static final String OF_INPUT = "PV0"; // what reading says, not lint
  private static final Path DEMO =
      Path.of(System.getProperty("project.root", ".."))
          .resolve("cli/src/main/resources/io/github/polverdict/cli");

  @TestFactory
  Stream<DynamicTest> lint_finds_what_a_reader_finds_and_nothing_else() throws IOException {
    return sets().entrySet().stream()
        .map(set ->
            DynamicTest.dynamicTest(
                set.getKey(), () -> assertThat(found(set.getKey())).isEqualTo(set.getValue())));
  }

  private static TreeSet<String> found(String set) throws UnreadableSource {
    Path folder =
        set.startsWith("demo/")
            ? DEMO.resolve(set)
            : Conformance.folder("netpol-analyzer").resolve("tests").resolve(set);
    var snapshot =
        FileSource.of(List.of(folder.toString()), new ByteArrayInputStream(new byte[0])).read();
    LintAnswer answer =
        LintQuestion.all(TODAY)
            .ask(Workbench.installed().open(snapshot, Optional.empty(), Grouping.WORKLOAD));
    TreeSet<String> out = new TreeSet<>();
    answer.problems().stream()
        .filter(p -> !p.code().startsWith(OF_INPUT))
        .forEach(p -> assertThat(out.add(p.code() + " " + p.object())).isTrue());
    return out;
  }

  private static Map<String, TreeSet<String>> sets() throws IOException {
    Map<String, TreeSet<String>> out = new LinkedHashMap<>();
    TreeSet<String> last = new TreeSet<>();
    var file = ReviewedSetsTest.class.getResourceAsStream("reviewed.txt");
    try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (String line : lines.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        if (line.startsWith("== ")) {
          last = new TreeSet<>();
          out.put(line.substring(3), last);
        } else {
          last.add(line);
        }
      }
    }
    assertThat(out).hasSize(6);
    return out;
  }
}
