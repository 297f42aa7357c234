package io.github.polverdict.live;

import java.time.Duration;

/** Waiting for a while. */
public final class Pause {
  private Pause() {}

  /**
   * Waits; whether for so long, and not told to end meanwhile, of which the thread keeps a note.
   */
  public static boolean of(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
