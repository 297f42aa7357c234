package io.github.polverdict.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options in a shell. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a completion script for bash or zsh.",
    footer = {"", "Example:  source <(polverdict completion bash)"})
final class CompletionCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh; both take the same script")
  private String shell = "";

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new Complaint(ExitCode.USAGE, "no completion for '" + shell + "'; say bash or zsh");
    }
    var command = java.util.Objects.requireNonNull(spec).root().commandLine();
    command.getOut().print(AutoComplete.bash("polverdict", command));
    return ExitCode.AS_ASKED.number();
  }
}
