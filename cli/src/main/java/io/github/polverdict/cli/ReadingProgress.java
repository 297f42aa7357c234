package io.github.polverdict.cli;

import io.github.polverdict.live.Progress;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** One line on stderr that tells how far the reading of a cluster is; silent where nobody looks. */
final class ReadingProgress implements Progress {
  private final PrintWriter err;
  private final boolean watched = System.console() != null && System.console().isTerminal();
  private final Map<String, Integer> counts = new TreeMap<>();

  ReadingProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void read(String resource, int count) {
    counts.put(resource, count);
    if (watched) {
      int all = counts.values().stream().mapToInt(Integer::intValue).sum();
      err.print("\r\u001b[Kreading " + resource + ": " + count + " (" + all + " objects)");
      err.flush();
    }
  }

  /** Takes the line away. */
  void done() {
    if (watched && !counts.isEmpty()) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
