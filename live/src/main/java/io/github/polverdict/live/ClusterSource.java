package io.github.polverdict.live;

import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.SnapshotSource;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A running cluster as a source of documents. Asks with GET only: discovery and lists. What it may
 * not or cannot list is a gap of the snapshot; resources that the cluster does not have are none.
 */
public final class ClusterSource implements SnapshotSource {
  private final ClusterAccess access;
  private final Progress progress;
  private final Kubeconfigs kubeconfigs;
  private final Patience patience;

  public ClusterSource(ClusterAccess access, Progress progress) {
    this(
        access,
        progress,
        new Kubeconfigs(System.getenv(), Path.of(System.getProperty("user.home"))),
        Patience.USUAL);
  }

  ClusterSource(
      ClusterAccess access, Progress progress, Kubeconfigs kubeconfigs, Patience patience) {
    this.access = access;
    this.progress = progress;
    this.kubeconfigs = kubeconfigs;
    this.patience = patience;
  }

  /**
   * The API groups that the cluster serves; none when it may not be asked.
   *
   * @throws UnreadableSource when nothing that answers like an API server can be reached
   */
  public Set<String> groups() throws UnreadableSource {
    try (ApiServer server = new ApiServer(kubeconfigs.find(access), patience)) {
      return Discovery.of(server, List.of()).groups();
    }
  }

  @Override
  public Snapshot read() throws UnreadableSource {
    try (ApiServer server = new ApiServer(kubeconfigs.find(access), patience)) {
      Discovery discovery = Discovery.of(server, Resource.of(access));
      return new ClusterReading(server, discovery, access.namespaces(), progress).read();
    }
  }
}
