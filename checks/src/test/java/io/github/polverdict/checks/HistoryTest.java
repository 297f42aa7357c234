package io.github.polverdict.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a commit says: a subject of at most 65 characters, and a body with why and how checked. */
class HistoryTest {
  @TempDir private Path repository;

  @Test
  void the_commits_ahead_of_main_say_what_and_why() throws IOException, InterruptedException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("project.root")));
    var history = History.of(root);
    assumeTrue(history.isPresent(), "no git, or no main branch to compare with");
    assertThat(history.orElseThrow().faults()).isEmpty();
  }

  @Test
  void a_long_subject_and_a_missing_body_are_faults() throws IOException, InterruptedException {
    assumeTrue(run("git", "init", "-q", "-b", "main") == 0, "git does not run");
    commit("Start", "On main nobody asks any more.");
    run("git", "checkout", "-q", "-b", "topic");
    commit("Say it briefly", "Because a log is read. Checked by reading it.");
    commit("Say it " + "very ".repeat(12) + "broadly", "Because it is true.");
    commit("Say nothing more", "");
    assertThat(History.of(repository).orElseThrow().faults())
        .extracting(Violation::what)
        .containsExactly(
            "no body says why and how it was checked",
            "the subject has 74 characters, not at most 65");
  }

  private void commit(String subject, String body) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=n", "-c", "user.email=n@example.org"));
    command.addAll(
        List.of("-c", "commit.gpgsign=false", "commit", "-q", "--allow-empty", "-m", subject));
    if (!body.isEmpty()) {
      command.addAll(List.of("-m", body));
    }
    assertThat(run(command.toArray(String[]::new))).isZero();
  }

  private int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).directory(repository.toFile()).inheritIO().start().waitFor();
  }
}
