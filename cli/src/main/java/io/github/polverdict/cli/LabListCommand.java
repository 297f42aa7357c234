package io.github.polverdict.cli;

import io.github.polverdict.lab.Lab;
import picocli.CommandLine.Command;

/** Says which clusters there are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "The labs there are: driver, engine, nodes, state, and how they are reached.")
final class LabListCommand extends Answering {
  private static final String ROW = "%-12s %-8s %-34s %-6s %-9s %s%n";

  @Override
  ExitCode answer() {
    out().printf(ROW, "LAB", "DRIVER", "ENGINE", "NODES", "STATE", "REACHED BY");
    for (Lab lab : new Labs().all()) {
      out()
          .printf(
              ROW, lab.name(), lab.driver(), lab.engine(), lab.nodes(), lab.state(), reached(lab));
    }
    return ExitCode.AS_ASKED;
  }

  private static String reached(Lab lab) {
    Lab.Access access = lab.access();
    return access.context().isEmpty()
        ? access.kubeconfig().map(k -> "KUBECONFIG=" + k).orElse("the current context")
        : "--context " + access.context();
  }
}
