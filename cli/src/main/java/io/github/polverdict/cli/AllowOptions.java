package io.github.polverdict.cli;

import io.github.polverdict.live.probe.Permissions;
import java.util.Set;
import picocli.CommandLine.Option;

/** What may be done to a cluster to send packets in it; nothing by default. */
final class AllowOptions {
  @Option(names = "--allow-exec", description = "run the probe in containers that have a shell")
  private boolean exec;

  @Option(
      names = "--allow-ephemeral",
      description = "add an ephemeral container to pods; it stays in a pod's spec until it ends")
  private boolean ephemeral;

  @Option(
      names = "--allow-clone",
      description = "start never-ready clones of pods, and take them away")
  private boolean clones;

  boolean any() {
    return exec || ephemeral || clones;
  }

  /** In these namespaces; in all when there are none. */
  Permissions in(Set<String> namespaces) {
    return new Permissions(exec, ephemeral, clones, false, namespaces);
  }

  /** {@code exec, ephemeral containers}. */
  String words() {
    StringBuilder out = new StringBuilder();
    out.append(exec ? "exec" : "");
    out.append(ephemeral ? (out.isEmpty() ? "" : ", ") + "ephemeral containers" : "");
    out.append(clones ? (out.isEmpty() ? "" : ", ") + "clones" : "");
    return out.toString();
  }
}
