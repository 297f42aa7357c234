package io.github.polverdict.cli;

import io.github.polverdict.lab.local.Binaries;
import io.github.polverdict.lab.local.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds the programs of labs. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Build what labs of this machine's processes run: Kubernetes and agents, from Go modules",
      "at pinned versions. Once; about 15 minutes on two cores, 4 GB of modules, 0.6 GB of programs."
    })
final class LabBuildCommand extends Answering {
  @Parameters(
      paramLabel = "PART",
      arity = "0..*",
      description = "kubernetes, or an agent's name; all that are not there yet when none is said")
  private List<String> parts = new ArrayList<>();

  @Option(
      names = "--install-packages",
      description = "first install the system's packages that are missing (apt-get)")
  private boolean install;

  @Option(
      names = "--import",
      paramLabel = "FOLDER",
      description = "take programs that were built elsewhere instead")
  private @Nullable Path from;

  @Override
  ExitCode answer() {
    Binaries binaries = new Binaries(Home.of(System.getenv()));
    parts.stream()
        .filter(p -> !Binaries.parts().contains(p))
        .findFirst()
        .ifPresent(p -> {
          throw new Complaint(
              ExitCode.USAGE,
              "there is no part '" + p + "'; say " + String.join(", ", Binaries.parts()));
        });
    if (install) {
      Binaries.installPackages(line -> desk().progress(line));
    }
    if (from != null) {
      binaries.take(from.toAbsolutePath());
    } else {
      List<String> wanted =
          parts.isEmpty()
              ? Binaries.parts().stream().filter(p -> !binaries.has(p)).toList()
              : parts;
      wanted.forEach(part -> binaries.build(part, line -> desk().progress(line)));
    }
    Binaries.parts()
        .forEach(
            part -> out().printf("%-12s %s%n", part, binaries.has(part) ? "there" : "missing"));
    return ExitCode.AS_ASKED;
  }
}
