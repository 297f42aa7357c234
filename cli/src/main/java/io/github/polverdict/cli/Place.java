package io.github.polverdict.cli;

import java.util.List;
import java.util.Optional;

/** Where a snapshot is read from. */
sealed interface Place {

  /** Files and folders. */
  record Files(List<String> paths, String namespace) implements Place {
    public Files {
      paths = List.copyOf(paths);
    }
  }

  /**
   * A running cluster.
   *
   * @param context empty for the current one
   * @param namespaces where to look when the whole cluster cannot be listed
   */
  record Cluster(String context, Optional<String> kubeconfig, List<String> namespaces)
      implements Place {
    public Cluster {
      namespaces = List.copyOf(namespaces);
    }
  }
}
