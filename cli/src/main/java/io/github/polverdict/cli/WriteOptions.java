package io.github.polverdict.cli;

import io.github.polverdict.live.ClusterAccess;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.Permissions;
import io.github.polverdict.live.probe.ProbeSettings;
import io.github.polverdict.live.probe.Step;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What a command may do to a running cluster beside reading it, and how fast. */
final class WriteOptions {
  @Option(names = "--allow-exec", description = "may run a probe in containers that run")
  private boolean exec;

  @Option(
      names = "--allow-ephemeral",
      description = {
        "may add an unprivileged ephemeral container to a pod without a shell;",
        "it ends by itself, its entry stays in the pod's spec"
      })
  private boolean ephemeral;

  @Option(
      names = "--allow-clone",
      description = "may start never-ready clones of pods, and take them away afterwards")
  private boolean clones;

  @Option(
      names = "--allow-namespace",
      description = "may create a namespace of its own, and delete it afterwards")
  private boolean namespace;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      defaultValue = ProbeSettings.AGNHOST,
      description = "for ephemeral containers and clones; default: ${DEFAULT-VALUE}")
  private String image = ProbeSettings.AGNHOST;

  @Option(
      names = "--dry-run",
      description = "print what would be done, and the rights it takes; do nothing")
  private boolean dryRun;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "16",
      description = "sources at once; default: ${DEFAULT-VALUE}")
  private int parallel = 16;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "probes a second, all together; default: ${DEFAULT-VALUE}")
  private int rate = 500;

  boolean dryRun() {
    return dryRun;
  }

  ProbeSettings settings() {
    if (parallel < 1 || rate < 1) {
      throw new Complaint(ExitCode.USAGE, "--parallel and --rate take numbers from 1");
    }
    return ProbeSettings.USUAL.limited(parallel, rate).withImage(image);
  }

  /** Fails when nothing at all is allowed. */
  void check() {
    if (!exec && !ephemeral && !clones && !dryRun) {
      throw new Complaint(
          ExitCode.USAGE,
          "packets are sent from inside of pods: allow that with --allow-exec, --allow-ephemeral or"
              + " --allow-clone; --dry-run shows what would be done");
    }
    settings();
  }

  /** Fails when a namespace of its own is allowed, which only probes from nodes need. */
  void checkNoNamespace(String command) {
    if (namespace) {
      throw new Complaint(
          ExitCode.USAGE,
          "--allow-namespace is for packets from nodes, and " + command + " sends from pods only");
    }
  }

  ClusterWrites open(ClusterAccess access, Set<String> namespaces, Consumer<String> notices) {
    boolean any = exec || ephemeral || clones;
    Permissions permissions =
        new Permissions(any ? exec : dryRun, ephemeral, clones, namespace, namespaces);
    try {
      return ClusterWrites.open(access, permissions, dryRun, notices);
    } catch (UnreadableSource e) {
      throw new Complaint(ExitCode.UNREADABLE, e.sentence());
    }
  }

  /** What would be done, and the rights for it. */
  static void print(List<Step> steps, PrintWriter out) {
    lines(steps).forEach(out::println);
    out.flush();
  }

  /** The same, line by line. */
  static List<String> lines(List<Step> steps) {
    List<String> out = new ArrayList<>();
    steps.forEach(step -> out.add("would " + step.does()));
    TreeSet<String> rights = new TreeSet<>();
    steps.forEach(step ->
        step.rights()
            .forEach(r ->
                rights.add(r + (step.namespace().isEmpty() ? "" : " in " + step.namespace()))));
    rights.forEach(r -> out.add("needs the right to " + r));
    return out;
  }
}
