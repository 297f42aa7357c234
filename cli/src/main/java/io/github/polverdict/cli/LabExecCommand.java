package io.github.polverdict.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a command in the network of one part of a lab; its exit code is the command's. */
@Command(
    name = "exec",
    mixinStandardHelpOptions = true,
    description = "Run a command in the network of a node, an outside host or the router.",
    footer = {"", "Example:  polverdict lab exec n1 -- iptables-save -t nat"})
final class LabExecCommand implements Callable<Integer> {
  @Mixin private LabName name = new LabName();

  @Parameters(index = "0", paramLabel = "WHERE", description = "n1, n2, outside-ADDRESS or router")
  private String where = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "what to run")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    Labs labs = new Labs();
    return labs.local().inside(labs.whole(name.value()), where, words).runHere();
  }
}
