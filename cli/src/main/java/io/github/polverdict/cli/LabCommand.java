package io.github.polverdict.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Disposable clusters in which packets say whether a prediction holds. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    description = "Real clusters to throw away, in which packets say whether a verdict holds.",
    subcommands = {
      LabUpCommand.class,
      LabDownCommand.class,
      LabListCommand.class,
      LabKubectlCommand.class,
      LabExecCommand.class,
      LabVerifyCommand.class,
      LabScenariosCommand.class,
      LabBuildCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  polverdict lab up --cni cilium@1.20",
      "  polverdict lab up --cni cilium@1.15,enable-policy=always --nodes 1 --name strict",
      "  polverdict lab kubectl -- get pods -A -o wide",
      "  polverdict lab down"
    })
final class LabCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(),
        "say what to do with a lab, for example 'polverdict lab up'");
  }
}
