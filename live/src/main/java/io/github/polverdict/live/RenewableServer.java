package io.github.polverdict.live;

import io.github.polverdict.snapshot.UnreadableSource;

/** The way to a cluster, with credentials that are read again when they are not taken any more. */
final class RenewableServer implements AutoCloseable {
  private final ClusterAccess access;
  private final Kubeconfigs kubeconfigs;
  private final Patience patience;
  private ApiServer server; // guarded by this
  private boolean closed;

  RenewableServer(ClusterAccess access, Kubeconfigs kubeconfigs, Patience patience)
      throws UnreadableSource {
    this.access = access;
    this.kubeconfigs = kubeconfigs;
    this.patience = patience;
    this.server = new ApiServer(kubeconfigs.find(access), patience);
  }

  synchronized ApiServer server() {
    return server;
  }

  /**
   * Reads kubeconfig, token file and login plugin again, unless somebody else did since.
   *
   * @param refused the server that did not take the credentials
   */
  synchronized void renew(ApiServer refused) throws UnreadableSource {
    if (server == refused && !closed) {
      server = new ApiServer(kubeconfigs.find(access), patience);
      refused.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    server.close();
  }
}
