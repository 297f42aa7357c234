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
   * @param surroundings whether to read what it depends on beside its policies, too
   */
  record Cluster(
      String context, Optional<String> kubeconfig, List<String> namespaces, boolean surroundings)
      implements Place {
    public Cluster {
      namespaces = List.copyOf(namespaces);
    }
  }

  /**
   * A file or folder as it was in a revision of a git repository.
   *
   * @param path from the top of the repository; empty for all of it
   */
  record Git(String revision, String path, String namespace) implements Place {}

  /** The same place; of a cluster also what it depends on beside its policies. */
  default Place withSurroundings() {
    return switch (this) {
      case Files files -> files;
      case Git git -> git;
      case Cluster(
              String context,
              Optional<String> kubeconfig,
              List<String> namespaces,
              boolean _) ->
          new Cluster(context, kubeconfig, namespaces, true);
    };
  }
}
