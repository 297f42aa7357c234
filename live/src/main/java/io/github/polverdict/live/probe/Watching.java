package io.github.polverdict.live.probe;

import io.github.polverdict.core.model.Trial;
import io.github.polverdict.live.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One trial tried over and over, every 20 ms with a connection of its own, so that the moment is
 * found when policies begin or cease to let it pass. Times are those of this process: to those of
 * the source add what a line takes through the API server, usually a few milliseconds.
 */
public final class Watching implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(20);

  /** So many in a row must fail before it counts as closed: a packet may be lost. */
  private static final int IN_A_ROW = 3;

  private final Station station;
  private final Call call;
  private final ProbeSettings settings;
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  private final Thread sender = Thread.ofVirtual().unstarted(this::send);
  private volatile boolean closed;

  Watching(Station station, Trial trial, ProbeSettings settings) {
    this.station = station;
    this.call = Call.of(trial);
    this.settings = settings;
    sender.start();
  }

  private void send() {
    while (!closed && station.alive()) {
      attempts.add(station.send(call, settings.cap()));
      if (!Pause.of(EVERY)) {
        return;
      }
    }
  }

  /**
   * Waits until the trial passes, or does not any more.
   *
   * @param open what to wait for: that it passes
   * @param since an instant of {@link System#nanoTime}, for example when a policy was created
   * @return from then until the first answer that came, or until the first probe was sent that was
   *     not answered any more; empty when that did not happen within the limit, or the probe broke
   */
  public Optional<Duration> until(boolean open, long since, Duration limit) {
    long end = since + limit.toNanos();
    while (System.nanoTime() < end && station.alive()) {
      Optional<Long> found = open ? opened(since) : closed(since);
      if (found.isPresent() && (open || isShut())) {
        return Optional.of(Duration.ofNanos(Math.max(0, found.get() - since)));
      }
      if (!Pause.of(Duration.ofMillis(10))) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<Long> opened(long since) {
    return attempts.stream()
        .filter(a -> a.sent() >= since && a.now().word() == Word.CONNECTED)
        .map(a -> a.now().at())
        .min(Long::compare);
  }

  private Optional<Long> closed(long since) {
    long due = System.nanoTime() - settings.floor().toNanos();
    int failed = 0;
    long first = 0;
    for (Attempt attempt : attempts) {
      if (attempt.sent() < since) {
        continue;
      }
      Word word = attempt.now().word();
      if (word == Word.NOTHING && attempt.sent() > due) {
        break;
      }
      if (!shut(word)) {
        failed = 0;
      } else {
        first = failed == 0 ? attempt.sent() : first;
        failed++;
      }
      if (failed >= IN_A_ROW) {
        return Optional.of(first);
      }
    }
    return Optional.empty();
  }

  /** Whether another try, with a control beside it, does not get through either. */
  private boolean isShut() {
    return shut(station.probe(List.of(call), settings.pace()).getFirst().now().word());
  }

  private static boolean shut(Word word) {
    return switch (word) {
      case REFUSED, TIMEOUT, NOTHING, UNREACHABLE -> true;
      case CONNECTED, UNSUPPORTED, FAILED, LOST -> false;
    };
  }

  @Override
  public void close() {
    closed = true;
    sender.interrupt();
  }
}
