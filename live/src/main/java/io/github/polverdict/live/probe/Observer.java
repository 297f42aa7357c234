package io.github.polverdict.live.probe;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whether datagrams arrive where nobody answers them: the destination's own kernel counts what it
 * has received, and is asked before and after some were sent. Counts that others have changed
 * meanwhile tell nothing.
 */
final class Observer {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How many are sent, one time after the other: numbers that others hardly send by chance. */
  private static final List<Integer> BURSTS = List.of(5, 3);

  private final Station source;
  private final Station destination;

  Observer(Station source, Station destination) {
    this.source = source;
    this.destination = destination;
  }

  /**
   * Sends datagrams and counts.
   *
   * @param port the destination's own
   * @return empty when the counts do not tell
   */
  Optional<Boolean> arrives(Call call, int port, Station.Pace pace) throws Fault.Thrown {
    int times = 0;
    for (int burst : BURSTS) {
      Sockets quiet = destination.sockets(PATIENCE);
      Sockets before = destination.sockets(PATIENCE);
      source.probe(Collections.nCopies(burst, call), pace);
      Sockets after = destination.sockets(PATIENCE);
      long read = after.datagrams() - before.datagrams();
      boolean waits = after.unread(port) > before.unread(port);
      boolean still = quiet.datagrams() == before.datagrams();
      if (!still || (read != 0 && read != burst)) {
        return Optional.empty();
      }
      times += read == burst || waits ? 1 : 0;
    }
    return times == 0 || times == BURSTS.size() ? Optional.of(times > 0) : Optional.empty();
  }
}
