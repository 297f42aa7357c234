package io.github.polverdict.live.probe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One probe on its way. Its answer may come later than anybody waits for it. */
final class Attempt {
  private final long sent = System.nanoTime();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  /**
   * What came of a probe.
   *
   * @param detail in the words of the tool, or why it was lost
   * @param at when it came, on the clock of {@link System#nanoTime}
   * @param mayPass whether another try may do better, of one that was lost
   */
  record Answer(Word word, String detail, long at, boolean mayPass) {}

  /** An attempt that could not be made. */
  static Attempt lost(Fault fault) {
    Attempt out = new Attempt();
    out.lose(fault);
    return out;
  }

  void answered(Word word, String detail) {
    answer.complete(new Answer(word, detail, System.nanoTime(), true));
  }

  void lose(Fault fault) {
    answer.complete(new Answer(Word.LOST, fault.why(), System.nanoTime(), fault.mayPass()));
  }

  CompletableFuture<Answer> future() {
    return answer;
  }

  /** The answer as far as it is known; NOTHING while there is none. */
  Answer now() {
    return answer.getNow(new Answer(Word.NOTHING, "no answer", System.nanoTime(), true));
  }

  long sent() {
    return sent;
  }

  Duration took() {
    return Duration.ofNanos(now().at() - sent);
  }
}
