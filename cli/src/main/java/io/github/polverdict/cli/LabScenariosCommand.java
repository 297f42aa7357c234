package io.github.polverdict.cli;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.replay.Evidence;
import io.github.polverdict.lab.replay.Played;
import io.github.polverdict.lab.replay.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
      "Examples:",
      "  polverdict lab scenarios --select 'stories/*' --evidence measured.yaml",
      "  polverdict lab scenarios --dialect cilium --dialect unenforced --measured scenarios/measured"
    })
final class LabScenariosCommand extends Answering {
  @Mixin private LabName name = new LabName();
  @Mixin private ScenarioChoice choice = new ScenarioChoice();

  @Option(
      names = "--dialect",
      paramLabel = "ENGINE",
      description = {
        "make a lab with this engine, play in it, and remove it: as --cni of 'lab up', and every",
        "version that a lab can have when none is said; may be repeated (default: play in --name)"
      })
  private List<String> dialects = new ArrayList<>();

  @Option(
      names = "--evidence",
      paramLabel = "PATH",
      description = {
        "write what was confirmed, with what ran, to this file;",
        "with --dialect to a file for each engine in this folder"
      })
  private @Nullable Path evidence;

  @Option(
      names = "--measured",
      paramLabel = "PATH",
      description = {
        "evidence of an earlier run, a file or a folder of them: what it has of these scenarios",
        "and is not confirmed again is a failure, too"
      })
  private @Nullable Path measured;

  @Option(names = "--skipped", description = "also list what was not played, and why")
  private boolean skipped;

  @Override
  ExitCode answer() {
    choice.chosen(); // said wrong, it is said before a lab is made
    if (measured != null && Files.notExists(measured)) {
      throw new LabFailure("can't read the evidence " + measured + ": there is no such file");
    }
    Labs labs = new Labs();
    if (dialects.isEmpty()) {
      Lab lab = labs.whole(name.value());
      return play(labs.local().ground(lab), evidence) ? ExitCode.AS_ASKED : ExitCode.FOUND;
    }
    List<CniSpec> engines =
        dialects.stream()
            .flatMap(d -> labs.local().engines(desk().engine(d)).stream())
            .distinct()
            .toList();
    boolean holds = true;
    for (CniSpec engine : engines) {
      holds &= playIn(labs, engine);
    }
    return holds ? ExitCode.AS_ASKED : ExitCode.FOUND;
  }

  /** In a lab of its own, which goes again whatever happens. */
  private boolean playIn(Labs labs, CniSpec engine) {
    LabRequest request =
        new LabRequest("scn-" + ProcessHandle.current().pid(), engine, 2, List.of());
    try (PassingLab passing = new PassingLab(labs.local(), request)) {
      Lab lab = passing.up(line -> desk().progress(engine + ": " + line));
      Path file = evidence == null ? null : evidence.resolve(Evidence.fileOf(lab.engine()));
      return play(labs.local().ground(lab), file);
    }
  }

  private boolean play(Ground ground, @Nullable Path file) {
    String engine = ground.lab().engine();
    List<Played> all =
        new Replay(ground, line -> desk().progress(engine + ": " + line))
            .run(choice.folder(), choice.chosen());
    if (all.isEmpty()) {
      throw choice.none();
    }
    if (measured != null && !Evidence.isOf(engine, measured)) {
      desk().progress(engine + ": there is no earlier evidence in " + measured);
    }
    List<String> lost = measured == null ? List.of() : Evidence.lost(measured, engine, all);
    PlayedText text = new PlayedText(engine, all, lost);
    text.print(out(), skipped);
    out().flush();
    if (file != null) {
      Evidence.of(ground, LocalDate.now(ZoneOffset.UTC), all).write(file);
    }
    return text.holds();
  }
}
