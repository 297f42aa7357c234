package io.github.polverdict.cli;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.function.Predicate;
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
    PathMatcher which = FileSystems.getDefault().getPathMatcher("glob:" + select);
    PathMatcher not = FileSystems.getDefault().getPathMatcher("glob:" + except);
    return path -> which.matches(path) && !not.matches(path);
  }

  Complaint none() {
    return new Complaint(ExitCode.USAGE, "--select: no scenario with flows is called " + select);
  }
}
