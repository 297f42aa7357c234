package io.github.polverdict.lab.replay;

import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sends the packets of attempts until all have come out as expected twice, some seconds apart, or
 * their time is over. What comes out otherwise is sent again, for policies take time to arrive.
 */
final class Volley {
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration APART = Duration.ofSeconds(1);

  /** Agents of a busy machine take long; waiting costs only where packets contradict. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Ground ground;
  private final int deaths;

  /**
   * One that has not been sent.
   *
   * @param deaths of agents before it: when there are more, its packets show nothing
   */
  Volley(Ground ground, int deaths) {
    this.ground = ground;
    this.deaths = deaths;
  }

  void fire(List<Attempt> attempts) {
    pause(SETTLE);
    long end = System.nanoTime() + LIMIT.toNanos();
    List<Attempt> left = attempts;
    while (!left.isEmpty()) {
      if (ground.deaths() > deaths) {
        return;
      }
      send(left);
      pause(APART);
      left =
          System.nanoTime() > end
              ? List.of()
              : left.stream().filter(a -> !a.isAsExpected() && !a.isHopeless()).toList();
    }
    List<Attempt> good = attempts.stream().filter(Attempt::isAsExpected).toList();
    send(good);
    send(good.stream().filter(a -> !a.isAsExpected()).toList());
  }

  private void send(List<Attempt> attempts) {
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      packets.add(attempts.get(i).packet(String.valueOf(i)));
    }
    Map<String, String> words = packets.isEmpty() ? Map.of() : ground.send(packets);
    for (int i = 0; i < attempts.size(); i++) {
      attempts.get(i).saw(words.getOrDefault(String.valueOf(i), "LOST"));
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted");
    }
  }
}
