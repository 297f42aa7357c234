package io.github.polverdict.cli;

import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.replay.Evidence;
import io.github.polverdict.lab.replay.Played;
import io.github.polverdict.lab.replay.Played.Result;
import io.github.polverdict.lab.replay.Replay;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays scenarios with packets. */
@Command(
    name = "scenarios",
    mixinStandardHelpOptions = true,
    description = {
      "Play scenarios in a lab with packets, and hold what comes of it against what is expected.",
      "Exit code 1 when a packet says otherwise."
    },
    footer = {
      "",
      "Example:  polverdict lab scenarios --select 'stories/*' --evidence measured.yaml"
    })
final class LabScenariosCommand extends Answering {
  @Mixin private LabName name = new LabName();

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

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "write what was confirmed, with what ran, to this file")
  private @Nullable Path evidence;

  @Option(names = "--skipped", description = "also list what was not played, and why")
  private boolean skipped;

  @Override
  ExitCode answer() {
    if (!Files.isDirectory(folder)) {
      throw new Complaint(ExitCode.USAGE, "--folder: there is no folder " + folder);
    }
    Labs labs = new Labs();
    Lab lab = labs.ready(name.value());
    Ground ground = labs.local().ground(lab);
    PathMatcher which = FileSystems.getDefault().getPathMatcher("glob:" + select);
    PathMatcher not = FileSystems.getDefault().getPathMatcher("glob:" + except);
    List<Played> all =
        new Replay(ground, line -> desk().progress(line))
            .run(folder, path -> which.matches(path) && !not.matches(path));
    if (all.isEmpty()) {
      throw new Complaint(ExitCode.USAGE, "--select: no scenario with flows is called " + select);
    }
    print(all);
    if (evidence != null) {
      Evidence.of(ground, LocalDate.now(ZoneOffset.UTC), all).write(evidence);
    }
    return Replay.holds(all) ? ExitCode.AS_ASKED : ExitCode.FOUND;
  }

  private void print(List<Played> all) {
    all.stream()
        .filter(p -> p.result() == Result.CONTRADICTED)
        .forEach(p -> out().println("CONTRADICTED  " + p));
    if (skipped) {
      all.stream()
          .filter(p -> p.result() == Result.SKIPPED)
          .forEach(p -> out().println("skipped  " + p));
    }
    Map<Result, Long> counts =
        all.stream().collect(Collectors.groupingBy(Played::result, Collectors.counting()));
    out()
        .printf(
            "%d flows of %d scenarios confirmed (%d by a cell of the engine's own column), "
                + "%d contradicted, %d skipped%n",
            counts.getOrDefault(Result.CONFIRMED, 0L),
            confirmed(all),
            all.stream()
                .filter(p -> p.result() == Result.CONFIRMED && !p.column().isEmpty())
                .count(),
            counts.getOrDefault(Result.CONTRADICTED, 0L),
            counts.getOrDefault(Result.SKIPPED, 0L));
    Map<String, Long> reasons =
        all.stream()
            .filter(p -> p.result() == Result.SKIPPED)
            .collect(Collectors.groupingBy(Played::seen, TreeMap::new, Collectors.counting()));
    reasons.forEach((why, n) -> out().printf("  %4d  %s%n", n, why));
  }

  private static long confirmed(List<Played> all) {
    return all.stream()
        .filter(p -> p.result() == Result.CONFIRMED)
        .map(Played::scenario)
        .distinct()
        .count();
  }
}
