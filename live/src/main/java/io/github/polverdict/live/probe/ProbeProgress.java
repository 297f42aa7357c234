package io.github.polverdict.live.probe;

/** Hears how far a run is. Called from several threads, one call at a time. */
@FunctionalInterface
public interface ProbeProgress {
  /** Hears nothing. */
  ProbeProgress SILENT = (_, _) -> {};

  /** So many trials of all are done. */
  void done(int trials, int all);
}
