package io.github.polverdict.cli;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/** Which scenarios. */
final class ScenarioChoice {
  @Option(
      names = "--folder",
      paramLabel = "PATH",
      defaultValue = "scenarios",
      description = "where the .scn files are (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("scenarios");

  @Option(
      names = "--select",
      paramLabel = "GLOB",
      defaultValue = "**",
      description = "which of them, by path below the folder (default: all)")
  private String select = "**";

  @Option(
      names = "--except",
      paramLabel = "GLOB",
      defaultValue = "",
      description = "which of those not")
  private String except = "";

  Path folder() {
    if (!Files.isDirectory(folder)) {
      throw new Complaint(ExitCode.USAGE, "--folder: there is no folder " + folder);
    }
    return folder;
  }

  Predicate<Path> chosen() {
    PathMatcher which = glob("--select", select);
    PathMatcher not = glob("--except", except);
    return path -> which.matches(path) && !not.matches(path);
  }

  private static PathMatcher glob(String option, String text) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + text);
    } catch (PatternSyntaxException e) {
      throw new Complaint(
          ExitCode.USAGE, "%s: '%s' is no glob: %s".formatted(option, text, e.getDescription()));
    }
  }

  Complaint none() {
    return new Complaint(ExitCode.USAGE, "--select: no scenario with flows is called " + select);
  }
}
