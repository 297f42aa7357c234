package io.github.polverdict.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Namespace;
import io.github.polverdict.questions.inspect.InspectAnswer.Node;
import io.github.polverdict.questions.inspect.InspectQuestion;
import io.github.polverdict.snapshot.Documents;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Saved clusters of many platforms: {@code platforms/NAME.yaml} is a dump, {@code NAME.expect.yaml}
 * what inspect must say of it, and {@code workloads.yml} runs in each of them.
 */
class PlatformDumpsTest {
  private static final Path FOLDER = folder();

  private static Path folder() {
    Path here = Path.of("src/test/resources/platforms");
    return Files.isDirectory(here) ? here : Path.of("workbench").resolve(here);
  }

  @TestFactory
  Stream<DynamicTest> each_platform_is_recognised_with_engine_version_and_defaults()
      throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> expectations =
          files.filter(f -> f.toString().endsWith(".expect.yaml")).sorted().toList();
      assertThat(expectations).hasSizeGreaterThanOrEqualTo(20);
      return expectations.stream()
          .map(file -> DynamicTest.dynamicTest(name(file), () -> holds(file)));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".expect.yaml", "");
  }

  private static InspectAnswer inspect(Path dump) throws UnreadableSource {
    List<String> paths = List.of(dump.toString(), FOLDER.resolve("workloads.yml").toString());
    FileSource source = FileSource.of(paths, InputStream.nullInputStream());
    return new InspectQuestion().ask(Workbench.installed().open(source.read()));
  }

  private static void holds(Path file) throws IOException, UnreadableSource {
    Field expected = Documents.yaml(Files.readString(file), file.toString()).field();
    InspectAnswer answer = inspect(file.resolveSibling(name(file) + ".yaml"));

    assertThat(answer.platforms())
        .as("platforms")
        .extracting(Inventory.Platform::title)
        .isEqualTo(texts(expected.get("platforms")));
    assertThat(answer.enforcement().extent().name())
        .as(answer.enforcement().says())
        .isEqualTo(expected.get("enforcement").text(""));
    assertThat(answer.engines().stream().map(PlatformDumpsTest::written).toList())
        .as("engines")
        .isEqualTo(texts(expected.get("engines")));
    Map<String, String> stances = new TreeMap<>();
    answer.namespaces().forEach(n -> stances.put(n.name(), stances(n)));
    assertThat(stances).as("stances").containsAllEntriesOf(expected.get("stances").strings());
    assertThat(answer.nodes().stream().filter(Node::exempt).map(Node::name).toList())
        .as("exempt nodes")
        .isEqualTo(texts(expected.get("exempt")));
    List<String> assumed =
        answer.engines().stream().flatMap(e -> e.pin().assumed().stream()).toList();
    List<String> words = texts(expected.get("assumed"));
    assertThat(assumed).as("assumed").hasSameSizeAs(words);
    words.forEach(w -> assertThat(assumed).as("assumed").anyMatch(a -> a.contains(w)));
  }

  private static String stances(Namespace namespace) {
    return namespace.ingress().word() + " " + namespace.egress().word();
  }

  /** {@code cilium 1.19.4 enable-policy=always on node-1}. */
  private static String written(Inventory.Engine engine) {
    Pin pin = engine.pin();
    String settings =
        pin.settings().entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
    String nodes = engine.nodes().isEmpty() ? "" : "on " + String.join(",", engine.nodes());
    return Stream.of(pin.dialect(), pin.version(), settings, nodes)
        .filter(w -> !w.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static List<String> texts(Field field) {
    return field.items().stream().map(f -> f.text("")).toList();
  }
}
