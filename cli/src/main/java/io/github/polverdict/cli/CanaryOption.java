package io.github.polverdict.cli;

import io.github.polverdict.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Evidence that the cluster enforces policies, or that it does not. */
final class CanaryOption {
  @Option(
      names = "--canary",
      paramLabel = "FILE",
      description =
          "evidence of polverdict canary of the same cluster; the answer says if it failed")
  private @Nullable Path file;

  @Option(
      names = "--canary-max-age",
      paramLabel = "HOURS",
      defaultValue = "24",
      description = "older evidence is not taken (default: ${DEFAULT-VALUE})")
  private int hours = 24;

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** The snapshot with what the evidence says of its cluster. */
  Snapshot on(Snapshot snapshot) {
    if (file == null) {
      return snapshot;
    }
    CanaryEvidence evidence = CanaryEvidence.read(file);
    evidence.check(snapshot, Instant.now(), Duration.ofHours(hours));
    return evidence.on(snapshot);
  }
}
