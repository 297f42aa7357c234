package io.github.polverdict.cli;

import io.github.polverdict.questions.baseline.Baseline;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.questions.baseline.Preset;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** What is held against which baseline. */
final class BaselineOptions {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private BaselineChoice choice = new BaselineChoice();
  @Mixin private DayOption asOf = new DayOption();

  /** The question, everything in the file checked. */
  BaselineQuestion question() {
    Baseline baseline = choice.baseline().orElseGet(() -> Preset.KUBERNETES_DEFAULT.baseline());
    return new BaselineQuestion(baseline, asOf.day(), source.listedNamespaces());
  }

  /** Where to read, with what the cluster depends on. */
  Place place() {
    return source.place().withSurroundings();
  }

  Optional<String> cni() {
    return source.cni();
  }
}
