package io.github.polverdict.cli;

import picocli.CommandLine.Option;

/** Which lab. */
final class LabName {
  @Option(
      names = "--name",
      paramLabel = "LAB",
      defaultValue = "lab",
      description = "which lab (default: ${DEFAULT-VALUE})")
  private String value = "lab";

  String value() {
    return value;
  }
}
