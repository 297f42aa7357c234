package io.github.polverdict.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cluster that a driver has made, or a part of one.
 *
 * @param engine what enforces in it, as {@code --cni} takes it
 * @param nodes how many it has for pods
 * @param access how it is reached while it is READY
 */
public record Lab(
    String name, String driver, String engine, int nodes, LabState state, Access access) {

  /**
   * Whether its agents surely have the proxy that some policies' rules need. Those of local labs
   * have none, and of a cluster that others have made it is not known.
   */
  public boolean hasProxy() {
    return driver.equals("kind") && !engine.contains("enable-l7-proxy=false");
  }

  /**
   * How a lab's cluster is reached from this machine.
   *
   * @param kubeconfig empty for what kubectl takes by itself
   * @param context of the kubeconfig; empty for its current one
   * @param namespaces the lab's own, where the cluster is not; empty when all of it is the lab's
   */
  public record Access(Optional<Path> kubeconfig, String context, List<String> namespaces) {
    public Access {
      namespaces = List.copyOf(namespaces);
    }

    /** To a cluster that is a lab as a whole. */
    public static Access whole(Path kubeconfig) {
      return new Access(Optional.of(kubeconfig), "", List.of());
    }

    /** The same as options, which kubectl and polverdict have alike. */
    public List<String> options() {
      List<String> out = new ArrayList<>();
      kubeconfig.ifPresent(k -> out.addAll(List.of("--kubeconfig", k.toString())));
      if (!context.isEmpty()) {
        out.addAll(List.of("--context", context));
      }
      return out;
    }
  }
}
