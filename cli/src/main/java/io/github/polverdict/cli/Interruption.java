package io.github.polverdict.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the user has interrupted the program. While one is open the program is not cut off: it
 * gets a moment to end by itself, so that what it has written is whole.
 */
final class Interruption implements AutoCloseable {
  private static final long MOMENT = 3; // seconds

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean came;
  private final Thread hook =
      new Thread(() -> {
        came = true;
        try {
          ended.await(MOMENT, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      });

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean came() {
    return came;
  }

  @Override
  public void close() {
    ended.countDown();
    if (!came) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
