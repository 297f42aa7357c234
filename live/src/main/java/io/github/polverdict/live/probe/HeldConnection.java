package io.github.polverdict.live.probe;

import io.github.polverdict.core.model.Trial;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection to an HTTP server that stays open, so that it can be told what a policy does
 * to connections that stand. Needs nc where it comes from; asks over the same connection whenever
 * it is looked at.
 */
public final class HeldConnection implements AutoCloseable {
  private static final String ENDED = "@ended";
  private static final String REQUEST = "GET /hostname HTTP/1.1\r\nHost: canary\r\n\r\n";

  private final Semaphore answers = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final LineStream stream;

  /** What a look at the connection showed. */
  public enum Look {
    ANSWERED,
    /** Nothing came back in time. */
    SILENT,
    /** An end of it was told that it is over. */
    ENDED,
    /** The way to the probe broke: nothing is known of the connection. */
    LOST
  }

  private HeldConnection(ClusterWrites writes, ContainerRef from, Trial trial) throws Fault.Thrown {
    String script = "nc \"$0\" \"$1\"; echo " + ENDED;
    this.stream =
        writes.exec(
            from,
            List.of("sh", "-c", script, trial.at().toString(), String.valueOf(trial.flow().port())),
            this::heard);
  }

  /**
   * Opens a connection; the first look tells whether that went well.
   *
   * @param container of the pod that the trial comes from
   */
  public static HeldConnection open(ClusterWrites writes, String container, Trial trial)
      throws Fault.Thrown {
    PodRef pod =
        PodRef.of(trial.flow().from())
            .orElseThrow(
                () -> new Fault.Thrown(Fault.last(trial.flow().from().id() + " is no pod")));
    return new HeldConnection(writes, new ContainerRef(pod, container), trial);
  }

  private void heard(String line) {
    if (line.contains("HTTP/1.1 200")) {
      answers.release();
    } else if (line.endsWith(ENDED)) {
      ended.countDown();
    }
  }

  /** Sends a request over the connection and waits for the answer. */
  public Look look(Duration limit) {
    answers.drainPermits();
    stream.send(REQUEST);
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (System.nanoTime() < end) {
        if (answers.tryAcquire(20, TimeUnit.MILLISECONDS)) {
          return Look.ANSWERED;
        }
        if (ended.getCount() == 0) {
          return Look.ENDED;
        }
        if (stream.end().isDone()) {
          return Look.LOST;
        }
      }
      return Look.SILENT;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Look.LOST;
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
