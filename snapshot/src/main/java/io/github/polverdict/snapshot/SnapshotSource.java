package io.github.polverdict.snapshot;

/** Where a snapshot comes from: files, or a running cluster. */
public interface SnapshotSource {
  /**
   * Reads everything there is, going on after every problem; a problem is a finding or a gap of the
   * snapshot.
   *
   * @throws UnreadableSource when there is nothing to read at all
   */
  Snapshot read() throws UnreadableSource;
}
