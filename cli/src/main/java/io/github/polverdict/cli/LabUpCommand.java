package io.github.polverdict.cli;

import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.recreate.Transplant;
import io.github.polverdict.lab.recreate.Transplant.Made;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Workbench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a cluster. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Make a cluster in which an engine enforces, and print its kubeconfig.")
final class LabUpCommand extends Answering {
  @Mixin private LabName name = new LabName();

  @Option(
      names = "--cni",
      paramLabel = "ENGINE",
      defaultValue = "cilium",
      description = {
        "what enforces in it: NAME[@VERSION][,key=value...], or unenforced;",
        "the newest version that the driver has when none is said (default: ${DEFAULT-VALUE})"
      })
  private String engine = "";

  @Option(
      names = "--driver",
      paramLabel = "DRIVER",
      defaultValue = "local",
      description = "who makes it: local, processes of this machine (default: ${DEFAULT-VALUE})")
  private String driver = "";

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "2",
      description = "1 or 2 nodes (default: ${DEFAULT-VALUE})")
  private int nodes;

  @Option(
      names = "--outside",
      paramLabel = "ADDRESS",
      description = "a host outside of the cluster that answers on port 80; may be repeated")
  private List<String> outside = new ArrayList<>();

  @Option(
      names = {"--from", "-f", "--filename"},
      paramLabel = "PATH",
      description = {
        "recreate in it what a saved snapshot, a file or a folder holds: namespaces, policies,",
        "Services, and a small pod for each workload; may be repeated"
      })
  private List<String> from = new ArrayList<>();

  @Override
  ExitCode answer() {
    if (nodes < 1 || nodes > 2) {
      throw new Complaint(ExitCode.USAGE, "--nodes: a lab has 1 or 2 nodes, not " + nodes);
    }
    long start = System.nanoTime();
    Optional<Snapshot> snapshot =
        from.isEmpty() ? Optional.empty() : Optional.of(desk().read(new Place.Files(from, "")));
    Labs labs = new Labs();
    LabRequest request = new LabRequest(name.value(), desk().engine(engine), nodes, outside);
    Lab lab = labs.driver(driver).up(request, line -> desk().progress(line));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    out()
        .printf(
            "lab %s: %d node%s, %s, ready in %.1f s%n",
            lab.name(),
            lab.nodes(),
            lab.nodes() == 1 ? "" : "s",
            lab.engine(),
            took.toMillis() / 1000.0);
    snapshot.ifPresent(s -> plant(s, labs.ground(lab)));
    out().println("export KUBECONFIG=" + lab.kubeconfig());
    return ExitCode.AS_ASKED;
  }

  private void plant(Snapshot snapshot, Ground ground) {
    Made made = new Transplant(ground, Workbench.installed().policyKinds()).plant(snapshot);
    out()
        .printf(
            "%d namespaces, %d pods and %d policies of %s are in it%n",
            made.namespaces(), made.pods(), made.policies(), snapshot.name());
    made.left().forEach(line -> out().println("  left out: " + line));
  }
}
