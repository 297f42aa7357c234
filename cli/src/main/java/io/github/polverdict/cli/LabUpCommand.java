package io.github.polverdict.cli;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.Cluster;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.context.ContextDriver;
import io.github.polverdict.lab.recreate.Transplant;
import io.github.polverdict.lab.recreate.Transplant.Made;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Workbench;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
      description = {
        "what enforces in it: NAME[@VERSION][,key=value...], or unenforced (--driver local);",
        "the newest version that the driver has when none is said (default: cilium)"
      })
  private @Nullable String engine;

  @Option(
      names = "--driver",
      paramLabel = "DRIVER",
      defaultValue = "local",
      description = {
        "who makes it: local, processes of this machine; kind, containers, by your kind;",
        "context, namespaces in a cluster that you have (default: ${DEFAULT-VALUE})"
      })
  private String driver = "";

  @Option(names = "--nodes", paramLabel = "N", description = "1 or 2 nodes (default: 2)")
  private @Nullable Integer nodes;

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

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description =
          "with --driver context: the context of the kubeconfig (default: its current one)")
  private String context = "";

  @Option(
      names = "--kubeconfig",
      paramLabel = "PATH",
      description = "with --driver context: the kubeconfig to take it from")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--allow-create",
      description = "with --driver context: may make namespaces in it, and remove them again")
  private boolean allowed;

  @Override
  ExitCode answer() {
    if (nodes != null && (nodes < 1 || nodes > 2)) {
      throw new Complaint(ExitCode.USAGE, "--nodes: a lab has 1 or 2 nodes, not " + nodes);
    }
    boolean guest = driver.equals("context");
    if (!guest && (allowed || !context.isEmpty() || kubeconfig != null)) {
      throw new Complaint(
          ExitCode.USAGE, "--context, --kubeconfig and --allow-create are for --driver context");
    }
    long start = System.nanoTime();
    Optional<Snapshot> snapshot =
        from.isEmpty() ? Optional.empty() : Optional.of(desk().read(new Place.Files(from, "")));
    Labs labs = new Labs();
    LabRequest request = guest ? part(snapshot) : whole();
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
    snapshot.ifPresent(s -> plant(s, labs.cluster(lab)));
    if (guest) {
      out()
          .printf(
              "polverdict lab verify --name %1$s%npolverdict lab down --name %1$s%n", lab.name());
    } else {
      lab.access().kubeconfig().ifPresent(k -> out().println("export KUBECONFIG=" + k));
    }
    return ExitCode.AS_ASKED;
  }

  private LabRequest whole() {
    CniSpec wanted = desk().engine(engine == null ? "cilium" : engine);
    return new LabRequest(name.value(), wanted, nodes == null ? 2 : nodes, outside);
  }

  /** A part of a cluster: what will be made in it is known before, and needs leave. */
  private LabRequest part(Optional<Snapshot> snapshot) {
    if (engine != null || nodes != null || !outside.isEmpty()) {
      throw new Complaint(
          ExitCode.USAGE, "--cni, --nodes, --outside: the cluster of --driver context is as it is");
    }
    List<String> namespaces =
        snapshot
            .map(s -> Transplant.namespaces(name.value(), s))
            .filter(all -> !all.isEmpty())
            .orElseThrow(() ->
                new Complaint(
                    ExitCode.USAGE, "--driver context: say with --from what to make in it"));
    if (!allowed) {
      throw new Complaint(
          ExitCode.USAGE,
          ("this makes the namespaces %s in the cluster, with pods, Services and policies;"
                  + " say --allow-create to do that, and 'lab down' removes them")
              .formatted(String.join(", ", namespaces)));
    }
    return new LabRequest(
        name.value(),
        new CniSpec("kubernetes", "", Map.of()),
        0,
        List.of(),
        new Lab.Access(pinned().map(Path::toAbsolutePath), context, namespaces));
  }

  /** The kubeconfig, also when another is the usual one later; several make one for kubectl. */
  private Optional<Path> pinned() {
    return Optional.ofNullable(kubeconfig)
        .or(() ->
            Optional.ofNullable(System.getenv("KUBECONFIG"))
                .filter(k -> !k.isEmpty() && !k.contains(File.pathSeparator))
                .map(Path::of));
  }

  private void plant(Snapshot snapshot, Cluster cluster) {
    Made made =
        new Transplant(cluster, Workbench.installed().policyKinds(), snapshot)
            .plant(
                cluster.lab().access().namespaces().isEmpty()
                    ? Map.of()
                    : Map.of(ContextDriver.LABEL, cluster.lab().name()));
    out()
        .printf(
            "%d namespaces, %d pods and %d policies of %s are in it%n",
            made.namespaces(), made.pods(), made.policies(), snapshot.name());
    made.left().forEach(line -> out().println("  left out: " + line));
  }
}
