package io.github.polverdict.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Explicit defaults for every namespace. */
@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    description = "Whether every namespace has explicit defaults that work, and how to give them.",
    subcommands = {
      BaselineCheckCommand.class,
      BaselineGenerateCommand.class,
      BaselinePlanCommand.class
    },
    footer = {
      "",
      "Without --baseline and --preset it is held against the preset kubernetes-default.",
      "",
      "Examples:",
      "  polverdict baseline check --context prod",
      "  polverdict baseline check manifests/ --baseline baseline.yaml -o junit=baseline.xml",
      "  polverdict baseline generate --context prod --layout kustomize --to baseline/",
      "  polverdict baseline plan --context prod --flows observed.csv"
    })
final class BaselineCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "say what to do, for example 'polverdict baseline check --context prod'");
  }
}
