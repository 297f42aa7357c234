package io.github.polverdict.cli;

import io.github.polverdict.live.probe.ProbeProgress;
import java.io.PrintWriter;

/** One line on stderr that tells how many flows were tried; silent where nobody looks. */
final class ProbingProgress implements ProbeProgress {
  private final PrintWriter err;
  private final boolean watched = System.console() != null && System.console().isTerminal();

  ProbingProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void done(int trials, int all) {
    if (watched) {
      err.print(trials == all ? "\r\u001b[K" : "\r\u001b[Ktried " + trials + " of " + all);
      err.flush();
    }
  }
}
