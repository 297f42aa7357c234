package io.github.polverdict.cli;

import io.github.polverdict.questions.baseline.Baseline;
import io.github.polverdict.questions.baseline.Preset;
import io.github.polverdict.workbench.baseline.BaselineFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which baseline. */
final class BaselineChoice {
  @Option(
      names = {"-b", "--baseline"},
      paramLabel = "FILE",
      description = "what the defaults must be (docs/guide/baseline.md)")
  private @Nullable Path file;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "a published baseline: kubernetes-default, cis-5.3, nsa-cisa, pci-segmentation")
  private @Nullable String preset;

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** What was said, everything in the file checked; empty when nothing was. */
  Optional<Baseline> baseline() {
    if (file != null && preset != null) {
      throw new Complaint(
          ExitCode.USAGE, "say --baseline or --preset; a baseline may name a preset itself");
    }
    return file != null
        ? Optional.of(read(file))
        : Optional.ofNullable(preset).map(BaselineChoice::preset);
  }

  private static Baseline preset(String name) {
    return Preset.of(name)
        .map(Preset::baseline)
        .orElseThrow(() ->
            new Complaint(
                ExitCode.USAGE,
                "there is no preset '" + name + "'; there are " + BaselineFile.presets()));
  }

  /** The one baseline of a file. */
  private static Baseline read(Path file) {
    List<Baseline> all = Forms.read(file, BaselineFile.KIND, BaselineFile::of);
    if (all.size() > 1) {
      throw new Complaint(ExitCode.UNREADABLE, file + " holds several baselines: leave one in it");
    }
    return all.getFirst();
  }
}
