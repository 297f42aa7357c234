package io.github.polverdict.cli;

import io.github.polverdict.report.Palette;
import picocli.CommandLine.Option;

/** When text has colours. */
final class ColorOption {
  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never; auto respects NO_COLOR and asks the terminal")
  private String when = "auto";

  /** Fails on what it does not take. */
  Palette palette() {
    return switch (when) {
      case "always" -> Palette.ANSI;
      case "never" -> Palette.PLAIN;
      case "auto" -> {
        boolean terminal = System.console() != null && System.console().isTerminal();
        boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        yield terminal && wanted ? Palette.ANSI : Palette.PLAIN;
      }
      default ->
          throw new Complaint(
              ExitCode.USAGE, "'" + when + "' is not taken; --color takes auto, always or never");
    };
  }
}
