package io.github.polverdict.report;

import io.github.polverdict.questions.lint.catalogue.Level;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of object that hold findings in a cluster. */
public enum ReportApi {
  /** OpenReports, https://github.com/openreports/reports-api, crd/openreports.io/v1alpha1. */
  OPENREPORTS("openreports.io/v1alpha1", "Report"),
  /**
   * What it grew out of: https://github.com/kubernetes-sigs/wg-policy-prototypes,
   * policy-report/crd/v1alpha2. Its first definitions know three severities only.
   */
  WGPOLICYK8S("wgpolicyk8s.io/v1alpha2", "PolicyReport");

  private final String version;
  private final String kind;

  ReportApi(String version, String kind) {
    this.version = version;
    this.kind = kind;
  }

  /** The API whose group, or whose group and version, has that name. */
  public static Optional<ReportApi> of(String name) {
    for (ReportApi api : values()) {
      if (api.version.equals(name) || api.group().equals(name)) {
        return Optional.of(api);
      }
    }
    return Optional.empty();
  }

  /** The newest of which a cluster serves the group; OpenReports when it serves none. */
  public static ReportApi among(Set<String> groups) {
    return Stream.of(values())
        .filter(api -> groups.contains(api.group()))
        .findFirst()
        .orElse(OPENREPORTS);
  }

  /** {@code openreports.io/v1alpha1}. */
  public String version() {
    return version;
  }

  /** {@code openreports.io}. */
  public String group() {
    return version.substring(0, version.indexOf('/'));
  }

  /** For a namespace, or for the cluster. */
  String kind(boolean cluster) {
    return cluster ? "Cluster" + kind : kind;
  }

  /** The report's own source, where the kind has that field. */
  boolean sourceOfReport() {
    return this == OPENREPORTS;
  }

  /** A severity that every version of the definitions takes. */
  String severity(Level level) {
    return switch (this) {
      case OPENREPORTS -> level.toString();
      case WGPOLICYK8S ->
          switch (level) {
            case CRITICAL, HIGH -> "high";
            case MEDIUM -> "medium";
            case LOW, INFO -> "low";
          };
    };
  }
}
