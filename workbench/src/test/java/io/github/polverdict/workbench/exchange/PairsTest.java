package io.github.polverdict.workbench.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Given;
import io.github.polverdict.workbench.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two clusters with planted differences in each folder of {@code pairs}: {@code base.yaml}, or what
 * {@code expected} says instead, is in both, {@code a.yaml} and {@code b.yaml} replace or add
 * objects; with {@code running} there are pods as well, in each cluster on nodes of its own. {@code
 * expected} names the engines, every cause, the inputs that change nothing, and perhaps the sets
 * that are ways and the fields that matter.
 */
class PairsTest {
  private static final Path FOLDER = Path.of("src/test/resources/pairs");

  static Stream<String> pairs() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all
          .filter(Files::isDirectory)
          .map(p -> p.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void every_planted_cause_is_found_and_no_other_and_each_set_is_minimal(String name)
      throws Exception {
    Map<String, List<String>> expected = expected(name);
    Mixer mixer =
        Mixer.of(side(name, "a", expected), side(name, "b", expected), Correspondence.SAME);

    DiffAnswer answer = new DiffQuestion(false).ask(mixer);

    assertThat(causes(answer))
        .containsExactlyInAnyOrderElementsOf(expected.getOrDefault("cause", List.of()));
    assertThat(answer.idle())
        .extracting(c -> word(c.input()))
        .hasSameElementsAs(expected.getOrDefault("idle", List.of()));
    assertThat(answer.allCausesSought()).isTrue();
    if (!expected.getOrDefault("way", List.of()).isEmpty()) {
      assertThat(ways(answer))
          .containsExactlyInAnyOrderElementsOf(expected.getOrDefault("way", List.of()));
    }
    if (!expected.getOrDefault("field", List.of()).isEmpty()) {
      assertThat(fields(answer))
          .containsExactlyInAnyOrderElementsOf(expected.getOrDefault("field", List.of()));
    }
    new BruteForce(mixer).check(answer.changes());
  }

  private static TreeSet<String> causes(DiffAnswer answer) {
    return answer.changes().stream()
        .flatMap(c -> c.ways().stream())
        .flatMap(List::stream)
        .map(PairsTest::word)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TreeSet<String> ways(DiffAnswer answer) {
    return answer.changes().stream()
        .map(Change::ways)
        .flatMap(List::stream)
        .map(w -> w.stream().map(PairsTest::word).sorted().collect(Collectors.joining(" + ")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TreeSet<String> fields(DiffAnswer answer) {
    return answer.changes().stream()
        .flatMap(c -> c.fields().stream())
        .flatMap(List::stream)
        .map(DiffAnswer.Detail::says)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String word(Ingredient input) {
    return input.kind() + " " + input.name();
  }

  private static Map<String, List<String>> expected(String name) throws IOException {
    Map<String, List<String>> out = new TreeMap<>();
    List.of("cause", "idle", "way", "engine-a", "engine-b")
        .forEach(k -> out.put(k, new ArrayList<>()));
    for (String line : Files.readAllLines(FOLDER.resolve(name).resolve("expected"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(": ", 2);
        out.computeIfAbsent(words[0], _ -> new ArrayList<>()).add(words[1]);
      }
    }
    return out;
  }

  private static Session side(String name, String side, Map<String, List<String>> expected)
      throws Exception {
    String common = expected.getOrDefault("base", List.of("base")).getFirst();
    Snapshot base = read(FOLDER.resolve(common + ".yaml"));
    Path own = FOLDER.resolve(name).resolve(side + ".yaml");
    List<Document> documents = new ArrayList<>(base.documents());
    if (expected.containsKey("running")) {
      documents.addAll(read(FOLDER.resolve("running-" + side + ".yaml")).documents());
    }
    if (Files.exists(own)) {
      for (Document document : read(own).documents()) {
        documents.removeIf(d -> d.id().equals(document.id()));
        documents.add(document);
      }
    }
    List<String> gone = expected.getOrDefault("gone-" + side, List.of());
    documents.removeIf(d -> gone.contains(d.id().text()));
    Snapshot snapshot = base.withDocuments(documents);
    List<String> engine = expected.getOrDefault("engine-" + side, List.of());
    return engine.isEmpty() ? Given.session(snapshot) : Given.under(engine.getFirst(), snapshot);
  }

  private static Snapshot read(Path file) throws Exception {
    return FileSource.of(List.of(file.toString()), InputStream.nullInputStream()).read();
  }
}
