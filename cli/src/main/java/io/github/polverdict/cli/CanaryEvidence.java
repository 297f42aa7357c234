package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * What a canary left as evidence.
 *
 * @param uid of the cluster's namespace kube-system
 * @param result as in the file, {@code NOT_ENFORCED}
 * @param says why, one sentence without a full stop
 * @param lookAt what to look at first; may be empty
 */
record CanaryEvidence(
    Path file, String uid, Instant ended, String result, String says, String lookAt) {

  /** Reads a file that {@code canary --evidence} wrote. */
  static CanaryEvidence read(Path file) {
    Field root = SavedAnswer.read(file, "canary");
    try {
      return new CanaryEvidence(
          file,
          text(file, root.get("cluster").get("uid"), "cluster.uid"),
          Instant.parse(text(file, root.get("ended"), "ended")),
          text(file, root.get("result"), "result"),
          text(file, root.get("says"), "says"),
          root.get("lookAt").items().stream().findFirst().flatMap(Field::string).orElse(""));
    } catch (DateTimeParseException e) {
      throw wrong(file, String.valueOf(e.getMessage()));
    }
  }

  private static String text(Path file, Field field, String name) {
    return field
        .string()
        .filter(s -> !s.isEmpty())
        .orElseThrow(() -> wrong(file, "it has no " + name));
  }

  private static Complaint wrong(Path file, String why) {
    return new Complaint(
        ExitCode.USAGE,
        "--canary: %s cannot be used: %s; write it with: polverdict canary … --evidence FILE"
            .formatted(file, why));
  }

  /** Fails when the evidence is of another cluster, or too old. */
  void check(Snapshot snapshot, Instant now, Duration limit) {
    ClusterUid.check("--canary", file, uid, snapshot);
    if (Duration.between(ended, now).compareTo(limit) > 0) {
      throw new Complaint(
          ExitCode.USAGE,
          "--canary: %s is of %s, which is longer ago than %d hours: run the canary again, or say --canary-max-age"
              .formatted(file, ended, limit.toHours()));
    }
  }

  /** What every answer has to say about it; empty when the canary passed. */
  Optional<Finding> finding() {
    return result.equals("ENFORCED")
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "PV120",
                Severity.WARNING,
                "the canary of %s failed: %s; verdicts say what policies mean, not what this cluster does"
                    .formatted(ended, says),
                lookAt.isEmpty() ? "run polverdict canary again" : lookAt,
                new Origin.Said(file.toString())));
  }

  /** The snapshot with that. */
  Snapshot on(Snapshot snapshot) {
    return snapshot.with(List.of(), finding().stream().toList());
  }
}
