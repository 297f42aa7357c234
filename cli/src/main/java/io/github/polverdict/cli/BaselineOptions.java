package io.github.polverdict.cli;

import io.github.polverdict.questions.baseline.Baseline;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.questions.baseline.Preset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is held against which baseline. */
final class BaselineOptions {
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private BaselineChoice choice = new BaselineChoice();
  @Mixin private DayOption asOf = new DayOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      description = "a path, or context:NAME for a running cluster; the same as -f and --context")
  private @Nullable String place;

  /** The question, everything in the file checked. */
  BaselineQuestion question() {
    Baseline baseline = choice.baseline().orElseGet(() -> Preset.KUBERNETES_DEFAULT.baseline());
    return new BaselineQuestion(baseline, asOf.day(), source.listedNamespaces());
  }

  /** Where to read, with what the cluster depends on. */
  Place place() {
    return source.placeOr(Optional.ofNullable(place)).withSurroundings();
  }

  Optional<String> cni() {
    return source.cni();
  }
}
