package io.github.polverdict.lab.kind;

import io.github.polverdict.lab.Cluster;
import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.Driver;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.LabState;
import io.github.polverdict.lab.Programs;
import io.github.polverdict.lab.Reached;
import io.github.polverdict.lab.Shelf;
import io.github.polverdict.lab.kind.Installation.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Labs of kind: nodes are containers of the user's container engine, and what enforces is installed
 * as its project says. Needs kind, kubectl and, for charts, helm; images and manifests come from
 * the network.
 */
public final class KindDriver implements Driver {
  private static final String PAGE = "https://kind.sigs.k8s.io/docs/user/quick-start/#installation";
  private static final String READY = "ready";
  private static final int LAST_LINES = 5;

  private final Shelf shelf;
  private final Programs programs;

  public KindDriver(Shelf shelf, Programs programs) {
    this.shelf = shelf;
    this.programs = programs;
  }

  @Override
  public String name() {
    return "kind";
  }

  @Override
  public Lab up(LabRequest request, Consumer<String> progress) {
    Installation installation = Installation.of(request.engine());
    if (!request.outside().isEmpty()) {
      throw new LabFailure("--outside: only --driver local makes hosts outside of the cluster");
    }
    Command kind = programs.need("kind", PAGE);
    programs.kubectl();
    shelf.mustBeFree(request.name());
    installation.steps(kubeconfig(request.name())).forEach(s -> s.program(programs));
    mustBeFree(kind, cluster(request.name()));
    Map<String, String> facts = new TreeMap<>();
    facts.put(Shelf.DRIVER, name());
    facts.put("LAB_ENGINE", installation.engine().toString());
    facts.put("LAB_NODES", String.valueOf(request.nodes()));
    shelf.write(request.name(), facts);
    try {
      make(kind, request, installation, progress);
      Files.createFile(shelf.of(request.name()).resolve(READY));
    } catch (LabFailure | IOException e) {
      delete(kind, request.name()).run();
      shelf.forget(request.name());
      throw e instanceof LabFailure f ? f : new LabFailure(String.valueOf(e.getMessage()));
    }
    return lab(request.name());
  }

  /** The shelf knows only its own labs; kind's clusters are those of every user of the engine. */
  private static void mustBeFree(Command kind, String cluster) {
    Command get = kind.and(List.of("get", "clusters"));
    if (run(get, "kind could not list its clusters").lines().anyMatch(cluster::equals)) {
      throw new LabFailure(
          ("kind has a cluster %1$s that 'polverdict lab list' does not know; take another --name,"
                  + " or remove it with: kind delete cluster --name %1$s")
              .formatted(cluster));
    }
  }

  private void make(
      Command kind, LabRequest request, Installation installation, Consumer<String> progress)
      throws IOException {
    Path config = shelf.of(request.name()).resolve("kind.yaml");
    Files.writeString(config, installation.config(request.nodes()));
    Path kubeconfig = kubeconfig(request.name());
    progress.accept("kind makes the cluster " + cluster(request.name()));
    run(
        kind.and(
            List.of(
                "create",
                "cluster",
                "--name",
                cluster(request.name()),
                "--config",
                config.toString(),
                "--kubeconfig",
                kubeconfig.toString())),
        "kind could not make the cluster");
    for (Step step : installation.steps(kubeconfig)) {
      progress.accept(step.says());
      run(step.program(programs).and(step.arguments()), step.says() + ": it failed");
    }
    progress.accept("the nodes get ready");
    await(kubeconfig, "the nodes", "node");
    // a node is ready as soon as a CNI is configured there, which is before its agent enforces
    await(kubeconfig, "the system's pods", "pod", "--namespace", "kube-system");
  }

  private void await(Path kubeconfig, String what, String... words) {
    List<String> all = new ArrayList<>(List.of("--kubeconfig", kubeconfig.toString(), "wait"));
    all.addAll(List.of(words));
    all.addAll(List.of("--all", "--for=condition=Ready", "--timeout=300s"));
    run(programs.kubectl().and(all), what + " did not get ready");
  }

  private static String run(Command command, String otherwise) {
    Command.Ended ended = command.run();
    if (ended.code() != 0) {
      List<String> lines = ended.output().strip().lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
      throw new LabFailure(otherwise + ": " + String.join("\n  ", last));
    }
    return ended.output();
  }

  /** Without the lab's own kubeconfig kind would look into the user's. */
  private Command delete(Command kind, String name) {
    return kind.and(
        List.of(
            "delete",
            "cluster",
            "--name",
            cluster(name),
            "--kubeconfig",
            kubeconfig(name).toString()));
  }

  private static String cluster(String name) {
    return "polverdict-" + name;
  }

  private Path kubeconfig(String name) {
    return shelf.of(name).resolve("kubeconfig");
  }

  @Override
  public void down(Lab lab) {
    run(
        delete(programs.need("kind", PAGE), lab.name()),
        "kind could not remove the cluster " + cluster(lab.name()));
    shelf.forget(lab.name());
  }

  @Override
  public Cluster cluster(Lab lab) {
    return new Reached(lab, programs.kubectl());
  }

  @Override
  public List<Lab> list() {
    return shelf.names(name()).stream().map(this::lab).toList();
  }

  private Lab lab(String name) {
    Map<String, String> facts = shelf.read(name);
    return new Lab(
        name,
        name(),
        facts.getOrDefault("LAB_ENGINE", "?"),
        Integer.parseInt(facts.getOrDefault("LAB_NODES", "0")),
        state(name),
        Lab.Access.whole(kubeconfig(name)));
  }

  private LabState state(String name) {
    boolean there =
        programs
            .find("kind")
            .map(kind -> Command.of(kind.toString(), "get", "clusters").run().output())
            .map(said -> said.lines().anyMatch(cluster(name)::equals))
            .orElse(false);
    return !there
        ? LabState.DEAD
        : Files.exists(shelf.of(name).resolve(READY)) ? LabState.READY : LabState.STARTING;
  }
}
