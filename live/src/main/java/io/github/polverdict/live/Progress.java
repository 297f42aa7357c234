package io.github.polverdict.live;

/** Hears how far the reading of a cluster is. Called from several threads, one call at a time. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress SILENT = (_, _) -> {};

  /**
   * A page has come.
   *
   * @param resource {@code pods}, {@code networkpolicies.networking.k8s.io}
   * @param count objects of it that were read so far, in all namespaces
   */
  void read(String resource, int count);
}
