package io.github.polverdict.checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The commits of a checkout that are not on its main branch yet; those on it can no longer be
 * mended.
 */
record History(List<Commit> commits) {
  private static final int SUBJECT = 65;

  record Commit(String hash, String subject, String body) {
    private Stream<Violation> faults() {
      Stream<String> length =
          subject.length() > SUBJECT
              ? Stream.of(
                  "the subject has " + subject.length() + " characters, not at most " + SUBJECT)
              : Stream.empty();
      Stream<String> missing =
          body.isBlank() ? Stream.of("no body says why and how it was checked") : Stream.empty();
      return Stream.concat(length, missing).map(what -> new Violation(hash + " " + subject, what));
    }
  }

  /**
   * Reads what is ahead of {@code origin/main}, else of {@code main}; empty without git or main.
   */
  static Optional<History> of(Path root) throws IOException, InterruptedException {
    for (String main : List.of("origin/main", "main")) {
      Optional<String> log =
          git(root, "log", "--no-merges", "--format=%h%x02%s%x02%b%x03", main + "..HEAD");
      if (log.isPresent()) {
        return log.map(History::parse);
      }
    }
    return Optional.empty();
  }

  private static History parse(String log) {
    return new History(
        Arrays.stream(log.split("\u0003"))
            .filter(entry -> !entry.isBlank())
            .map(entry -> entry.strip().split("\u0002", -1))
            .map(parts -> new Commit(parts[0], parts[1], parts[2]))
            .toList());
  }

  private static Optional<String> git(Path root, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(out) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // no git on this machine
    }
  }

  Stream<Violation> faults() {
    return commits.stream().flatMap(Commit::faults);
  }
}
