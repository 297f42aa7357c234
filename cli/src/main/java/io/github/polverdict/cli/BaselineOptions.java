package io.github.polverdict.cli;

import io.github.polverdict.questions.baseline.Baseline;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.questions.baseline.Preset;
import io.github.polverdict.workbench.baseline.BaselineFile;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is held against which baseline. */
final class BaselineOptions {
  @Mixin private SourceOptions source = new SourceOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      description = "a path, or context:NAME for a running cluster; the same as -f and --context")
  private @Nullable String place;

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

  @Option(
      names = "--as-of",
      paramLabel = "YYYY-MM-DD",
      description = "the day by which exceptions end; today without it")
  private @Nullable String asOf;

  /** The question, everything in the file checked. */
  BaselineQuestion question() {
    return new BaselineQuestion(baseline(), day(), source.listedNamespaces());
  }

  private Baseline baseline() {
    if (file != null && preset != null) {
      throw new Complaint(
          ExitCode.USAGE, "say --baseline or --preset; a baseline may name a preset itself");
    }
    if (file == null) {
      String name = preset == null ? Preset.KUBERNETES_DEFAULT.id() : preset;
      return Preset.of(name)
          .map(Preset::baseline)
          .orElseThrow(() ->
              new Complaint(
                  ExitCode.USAGE,
                  "there is no preset '" + name + "'; there are " + BaselineFile.presets()));
    }
    return of(file);
  }

  /** The one baseline of a file. */
  static Baseline of(Path file) {
    List<Baseline> all = Forms.read(file, BaselineFile.KIND, BaselineFile::of);
    if (all.size() > 1) {
      throw new Complaint(ExitCode.UNREADABLE, file + " holds several baselines: leave one in it");
    }
    return all.getFirst();
  }

  private LocalDate day() {
    try {
      return asOf == null ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(asOf);
    } catch (DateTimeParseException e) {
      throw new Complaint(ExitCode.USAGE, "--as-of: '" + asOf + "' is no day like 2027-06-30");
    }
  }

  /** Where to read, with what the cluster depends on. */
  Place place() {
    return source.placeOr(Optional.ofNullable(place)).withSurroundings();
  }

  Optional<String> cni() {
    return source.cni();
  }
}
