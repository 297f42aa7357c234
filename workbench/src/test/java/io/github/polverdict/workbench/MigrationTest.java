package io.github.polverdict.workbench;

import static io.github.polverdict.workbench.Given.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.parity.ParityAnswer.Row;
import io.github.polverdict.questions.parity.ParityQuestion;
import io.github.polverdict.snapshot.Documents;
import io.github.polverdict.snapshot.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A vendor's list of what a migration changes, as data: {@code migrations/FROM-to-TO.yaml}. */
class MigrationTest {
  private static final Path FOLDER = folder();
  private static final TrafficSet USUAL =
      TrafficSet.all(Protocol.TCP).or(TrafficSet.all(Protocol.UDP));

  /** What becomes of protocols that the page does not speak of. */
  private static final Set<String> OTHER_PROTOCOLS =
      Set.of(
          "cilium.sctp-disabled", "cilium.other-l4-protocols-dropped", "cilium.icmp-frag-needed");

  private static Path folder() {
    Path here = Path.of("src/test/resources/migrations");
    return Files.isDirectory(here) ? here : Path.of("workbench").resolve(here);
  }

  @TestFactory
  Stream<DynamicTest> parity_finds_exactly_the_flips_that_the_vendor_lists() throws IOException {
    String cluster = Files.readString(FOLDER.resolve("cluster.yaml"));
    Path list = FOLDER.resolve("azure-npm-to-cilium.yaml");
    List<DynamicTest> out = new ArrayList<>();
    for (Field one :
        Documents.yaml(Files.readString(list), list.toString()).field().get("list").items()) {
      String section = one.get("section").text("");
      out.addAll(tests(section, cluster, one.get("objects").text(""), one.get("flips")));
      out.addAll(
          tests(section + ", remedied", cluster, one.get("remedy").text(""), one.get("left")));
    }
    assertThat(out).hasSizeGreaterThanOrEqualTo(20);
    return out.stream();
  }

  private static List<DynamicTest> tests(
      String name, String cluster, String objects, Field expected) {
    List<DynamicTest> out = new ArrayList<>();
    for (Field one : expected.items()) {
      for (Field engine : one.get("under").items()) {
        String to = engine.text("");
        out.add(
            DynamicTest.dynamicTest(
                name + " -> " + to,
                () -> holds(parity(to, cluster + "---\n" + objects), texts(one.get("are")))));
      }
    }
    return out;
  }

  private static List<String> texts(Field field) {
    return field.items().stream().map(f -> f.text("")).toList();
  }

  private static ParityAnswer parity(String to, String objects) {
    List<String> engines = List.of("azure-npm", to);
    List<Session> sessions = engines.stream().map(e -> under(e, objects)).toList();
    return new ParityQuestion(engines, true)
        .ask(List.copyOf(sessions), sessions.stream().map(Alternatives::of).toList());
  }

  private static void holds(ParityAnswer answer, List<String> flips) {
    assertThat(answer.rows().stream().filter(Row::usual).map(MigrationTest::line))
        .containsExactlyInAnyOrderElementsOf(flips);
    assertThat(answer.rows().stream().filter(r -> !r.usual()))
        .as("what is not in the list")
        .allMatch(r -> rows(r).stream().anyMatch(OTHER_PROTOCOLS::contains));
  }

  /** {@code web -> node/n1 TCP 80: row.of-a-profile}, with the outcomes if they are others. */
  private static String line(Row row) {
    String outcomes =
        row.results().stream().map(r -> r.outcome().name()).collect(Collectors.joining(" to "));
    return "%s -> %s %s: %s%s"
        .formatted(
            name(row.src().name()),
            name(row.dst().name()),
            row.traffic().and(USUAL),
            String.join(", ", rows(row)),
            outcomes.equals("ALLOWED to DENIED") ? "" : ", " + outcomes);
  }

  private static String name(String party) {
    return party.replace("default/", "").replace("[Pod]", "");
  }

  private static Set<String> rows(Row row) {
    Set<String> out = new TreeSet<>();
    row.results().forEach(r -> r.quirks().forEach(q -> out.add(q.quirk())));
    return out;
  }
}
