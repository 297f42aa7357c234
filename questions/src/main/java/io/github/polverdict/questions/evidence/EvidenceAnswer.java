package io.github.polverdict.questions.evidence;

import io.github.polverdict.core.model.Pin;
import java.util.List;
import java.util.Optional;

/**
 * What was checked, by what, and what came of it, as a list of files with their sums.
 *
 * @param version of the polverdict that checked
 * @param created when, as ISO 8601 in UTC
 * @param commit of the revision that was read, when it was one of git
 * @param inputs every file that was read; none of a running cluster, whose state is the snapshot
 * @param exhibits every file of the pack but the list itself and the sums
 * @param shortfalls what could not be read or was wrong with it; the verdicts stand on the rest
 */
public record EvidenceAnswer(
    String source,
    String version,
    String created,
    List<Pin> pins,
    Optional<String> commit,
    List<Input> inputs,
    List<Exhibit> exhibits,
    List<String> shortfalls) {

  /** A file with its size and SHA-256 in hexadecimal digits. */
  public record Summed(String name, long bytes, String sha256) {}

  /** A file that was read; with the id of its object when it was read from git. */
  public record Input(Summed file, Optional<String> blob) {}

  /** A file of the pack, and what it says. */
  public record Exhibit(Summed file, String what) {}

  public EvidenceAnswer {
    pins = List.copyOf(pins);
    inputs = List.copyOf(inputs);
    exhibits = List.copyOf(exhibits);
    shortfalls = List.copyOf(shortfalls);
  }
}
