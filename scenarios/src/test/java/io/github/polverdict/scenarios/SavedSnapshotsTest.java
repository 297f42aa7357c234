package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.pseudonyms.Pseudonymisation;
import io.github.polverdict.snapshot.saved.SavedSnapshot;
import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.testkit.ScenarioReader;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario saved, saved under pseudonyms and read again: each verdict stays what it was. */
class SavedSnapshotsTest {
  private static final Path FOLDER =
      Path.of("").toAbsolutePath().endsWith("scenarios") ? Path.of(".") : Path.of("scenarios");
  private static final byte[] KEY = "a key of this test's own".getBytes(StandardCharsets.UTF_8);

  /**
   * Rests on the names of policies and namespaces running into each other; policies keep theirs.
   */
  private static final String COLLISION = "kube-ovn.port-group-collision";

  /** Settings that were said by hand are not in the snapshot, so that nobody renames them. */
  private static final Pattern SAYS_NAMES = Pattern.compile("=.*[0-9]\\.[0-9]+\\.|cluster-name=");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Workbench WORKBENCH = Workbench.installed();

  @TempDir Path folder;

  private static List<Scenario> all() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      List<Scenario> out = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        Path path = FOLDER.relativize(file);
        if (path.toString().endsWith(".scn")
            && !path.startsWith("src")
            && !path.startsWith("target")) {
          out.add(ScenarioReader.read(file));
        }
      }
      return out;
    }
  }

  private Snapshot savedAndRead(Snapshot snapshot) throws IOException, UnreadableSource {
    Path file = folder.resolve("a.pvs");
    Files.write(file, SavedSnapshot.bytes(snapshot, "1.2.3"));
    return new SavedSnapshot(file).read();
  }

  @TestFactory
  Stream<DynamicTest> saved_it_gives_the_same_answers_and_under_pseudonyms_the_same_verdicts()
      throws IOException {
    return all().stream()
        .map(s -> DynamicTest.dynamicTest(FOLDER.relativize(s.file()).toString(), () -> run(s)));
  }

  private void run(Scenario scenario) throws IOException, UnreadableSource {
    Snapshot before = Conformance.snapshot(scenario.yaml());
    Snapshot read = savedAndRead(before);
    Snapshot after = new Snapshot(before.name(), read.documents(), read.gaps(), read.findings());
    Pseudonymisation names = Pseudonymisation.of(SavedSnapshot.redacted(before), KEY);
    Snapshot renamed = savedAndRead(names.result());
    List<String> wrong = new ArrayList<>();
    for (String engine : scenario.engines()) {
      Session first = open(before, engine);
      Session second = open(after, engine);
      Session third = open(renamed, engine);
      for (Scenario.Row row : scenario.rows()) {
        if (!row.expected().containsKey(engine)) {
          continue;
        }
        Reply<ExplainAnswer> expected = ask(first, row.from(), row.to());
        Reply<ExplainAnswer> got = ask(second, row.from(), row.to());
        if (!expected.equals(got)) {
          wrong.add(place(scenario, row, engine) + difference(expected.toString(), got.toString()));
        }
        String verdict = verdict(third, named(row.from(), names), named(row.to(), names));
        boolean collides =
            row.expected().get(engine).quirks().contains(COLLISION)
                || SAYS_NAMES.matcher(engine).find();
        if (!collides && !verdict(first, row.from(), row.to()).equals(verdict)) {
          wrong.add(place(scenario, row, engine) + " under pseudonyms: " + verdict);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String difference(String expected, String got) {
    int at = Math.max(0, Arrays.mismatch(expected.toCharArray(), got.toCharArray()) - 60);
    return ": …"
        + expected.substring(at, Math.min(at + 160, expected.length()))
        + "… and saved …"
        + got.substring(at, Math.min(at + 160, got.length()));
  }

  private static String place(Scenario scenario, Scenario.Row row, String engine) {
    return scenario.file()
        + ":"
        + row.line()
        + " under "
        + engine
        + " "
        + row.from()
        + " -> "
        + row.to();
  }

  private static Session open(Snapshot snapshot, String engine) {
    return WORKBENCH.open(snapshot, Optional.of(CniSpec.parse(engine)), Grouping.WORKLOAD);
  }

  private static Reply<ExplainAnswer> ask(Session session, String from, String to) {
    return new ExplainQuestion(from, to, "").ask(session);
  }

  private static String verdict(Session session, String from, String to) {
    return switch (ask(session, from, to)) {
      case Reply.Answered<ExplainAnswer>(ExplainAnswer answer) -> answer.verdict().name();
      case Reply.Refused<ExplainAnswer>(var refusals) ->
          refusals.stream().map(r -> "refused").findFirst().orElseThrow();
    };
  }

  /** {@code svc/shop/db:5432/TCP} with other names; words of the notation stay. */
  private static String named(String end, Pseudonymisation names) {
    String rest = end.replaceFirst("((?<=^[^:]{1,99}|\\]):[0-9a-z.-]+(/[A-Za-z0-9]+)?)$", "");
    String tail = end.substring(rest.length());
    if (rest.contains(":")) {
      return rest.replaceFirst("[0-9a-f:.]+", names.word(rest.replaceAll("[\\[\\]]", ""))) + tail;
    }
    Matcher words = NAME.matcher(rest);
    StringBuilder out = new StringBuilder();
    boolean first = true;
    while (words.find()) {
      String word = words.group();
      boolean kind = first && rest.matches("(svc|node|deploy|pod|sts|ds)/.*");
      words.appendReplacement(out, kind ? word : Matcher.quoteReplacement(names.word(word)));
      first = false;
    }
    words.appendTail(out);
    return out + tail;
  }
}
