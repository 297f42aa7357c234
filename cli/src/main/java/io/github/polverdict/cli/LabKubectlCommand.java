package io.github.polverdict.cli;

import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs kubectl against a lab; its exit code is kubectl's. */
@CommandLine.Command(
    name = "kubectl",
    mixinStandardHelpOptions = true,
    description = "Run kubectl against a lab.",
    footer = {"", "Example:  polverdict lab kubectl -- get pods -A"})
final class LabKubectlCommand implements Callable<Integer> {
  @Mixin private LabName name = new LabName();

  @Parameters(paramLabel = "ARGUMENT", description = "what kubectl gets; write -- before it")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    Labs labs = new Labs();
    Lab lab = labs.ready(name.value());
    Command kubectl =
        lab.driver().equals(labs.local().name())
            ? labs.local().kubectl()
            : Programs.ofThisMachine().kubectl();
    return kubectl.and(lab.access().options()).and(arguments).runHere();
  }
}
