package io.github.polverdict.workbench.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.questions.Exemption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormTest {
  @TempDir private Path folder = Path.of("");

  private record Taken(
      String name, List<String> hosts, Map<String, String> labels, Optional<Exemption> exemption) {}

  private static Taken taken(Form form) {
    form.choice("severity", Severity.class);
    form.integer("most");
    form.bool("strict");
    return new Taken(
        form.required("name"),
        form.texts("hosts"),
        form.strings("labels"),
        form.form("exemption").map(Exemptions::of));
  }

  private Path file(String text) throws IOException {
    Path file = folder.resolve("own.yaml");
    return Files.writeString(file, text);
  }

  private List<String> wrong(String text) throws IOException {
    Path file = file(text);
    BadForm bad =
        catchThrowableOfType(BadForm.class, () -> Form.read(file, "Thing", FormTest::taken));
    assertThat(bad).as(text).isNotNull();
    return bad.findings().stream()
        .map(f -> f.origin().text().replaceFirst(".*own.yaml", "") + " " + said(f))
        .toList();
  }

  private static String said(Finding finding) {
    return finding.message() + (finding.help().isEmpty() ? "" : "; " + finding.help());
  }

  private static final String HEADER = "apiVersion: polverdict.io/v1\nkind: Thing\n";

  @Test
  void readsEveryDocumentOfAFile() throws Exception {
    Path file =
        file(
            HEADER
                + """
                name: one
                hosts: a
                labels: {app: web, tier: 1}
                exemption: {owner: team, reason: old, expires: 2030-01-31}
                ---
                """
                + HEADER
                + "name: two\nhosts: [b, c]\n");
    List<Taken> taken = Form.read(file, "Thing", FormTest::taken);
    assertThat(taken).extracting(Taken::name).containsExactly("one", "two");
    assertThat(taken).extracting(Taken::hosts).containsExactly(List.of("a"), List.of("b", "c"));
    assertThat(taken.getFirst().labels()).containsEntry("tier", "1");
    assertThat(taken.getFirst().exemption().orElseThrow().expired(LocalDate.of(2030, 1, 31)))
        .isFalse();
    assertThat(taken.getFirst().exemption().orElseThrow().expired(LocalDate.of(2030, 2, 1)))
        .isTrue();
  }

  @Test
  void saysEverythingThatIsWrongAtOnceWithItsPlace() throws Exception {
    assertThat(
            wrong(
                HEADER
                    + """
                    nmae: one
                    hosts: {a: b}
                    severity: bad
                    most: many
                    strict: perhaps
                    exemption:
                      reason: old
                      expires: tomorrow
                    """))
        .containsExactly(
            ":1:1 the key name is missing",
            ":3:7 nmae: there is no such key; did you mean name?",
            ":4:8 hosts: must be a list; begin each item with a dash",
            ":5:11 severity: must be one of note, warning, error",
            ":6:7 most: must be a whole number",
            ":7:9 strict: must be true or false",
            ":9:3 exemption: the key owner is missing",
            ":10:12 exemption.expires: must be a day of the form YYYY-MM-DD");
  }

  @Test
  void refusesAnotherVersionAndAnotherKind() throws Exception {
    assertThat(wrong("apiVersion: polverdict.io/v9\nkind: Other\nname: a\n"))
        .containsExactly(
            ":1:13 apiVersion: 'polverdict.io/v9' is not polverdict.io/v1; this version reads"
                + " polverdict.io/v1",
            ":2:7 kind: 'Other' is not Thing; this version reads Thing");
  }

  @Test
  void refusesWhatIsNoYamlOrHasAKeyTwice() throws Exception {
    assertThat(wrong("name: [")).hasSize(1);
    assertThat(wrong(HEADER + "name: a\nname: b\n"))
        .contains(":4:1 The key name stands twice in one mapping; remove one");
    assertThat(wrong("- a\n")).containsExactly(":1:1 This is no mapping");
    assertThat(wrong("# nothing\n"))
        .containsExactly(
            ":1:1 The file is empty; it begins with apiVersion: polverdict.io/v1 and kind: Thing");
  }

  @Test
  void refusesABombBeforeItIsUnpacked() throws Exception {
    StringBuilder bomb = new StringBuilder(HEADER + "a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(wrong(bomb.toString())).singleElement().asString().contains("alias");
  }

  @Test
  void refusesAFileThatIsNotThereOrTooLarge() throws Exception {
    Path none = folder.resolve("none.yaml");
    assertThatThrownBy(() -> Form.read(none, "Thing", FormTest::taken))
        .isInstanceOf(BadForm.class)
        .hasMessage("There is no file " + none);
    Path large = folder.resolve("large.yaml");
    Files.write(large, "#".repeat(16 * 1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Form.read(large, "Thing", FormTest::taken))
        .isInstanceOf(BadForm.class)
        .hasMessage("The file has more than 16777216 bytes");
  }
}
