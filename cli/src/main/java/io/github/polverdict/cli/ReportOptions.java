package io.github.polverdict.cli;

import io.github.polverdict.report.Format;
import io.github.polverdict.report.ReportApi;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which objects {@code -o policyreport} writes. */
final class ReportOptions {
  @Option(
      names = "--report-api",
      paramLabel = "API",
      description =
          "the kind of objects that -o policyreport writes: openreports.io, or wgpolicyk8s.io;"
              + " without it what the cluster that is read has, and openreports.io for files")
  private @Nullable String name;

  /** Fails on what it does not take, before any work is done. */
  void check() {
    if (name != null && ReportApi.of(name).isEmpty()) {
      throw new Complaint(
          ExitCode.USAGE,
          "'%s' is not such an API; --report-api takes openreports.io or wgpolicyk8s.io"
              .formatted(name));
    }
  }

  /** What was said, or what the cluster has; that is asked only when reports are written. */
  ReportApi api(OutputOptions output, Place read, Desk desk) {
    if (name != null) {
      return ReportApi.of(name).orElseThrow();
    }
    boolean asked = output.format() == Format.POLICYREPORT;
    return ReportApi.among(asked ? desk.groups(read) : Set.of());
  }
}
