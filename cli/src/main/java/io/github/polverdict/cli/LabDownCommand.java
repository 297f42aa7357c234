package io.github.polverdict.cli;

import io.github.polverdict.lab.Lab;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes clusters. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Remove a lab with all that belongs to it, also when it is half dead.")
final class LabDownCommand extends Answering {
  @Mixin private LabName name = new LabName();

  @Option(names = "--all", description = "remove every lab")
  private boolean all;

  @Override
  ExitCode answer() {
    Labs labs = new Labs();
    List<Lab> doomed = all ? labs.all() : List.of(labs.named(name.value()));
    for (Lab lab : doomed) {
      labs.driver(lab.driver()).down(lab);
      out().println("lab " + lab.name() + " is removed");
    }
    return ExitCode.AS_ASKED;
  }
}
