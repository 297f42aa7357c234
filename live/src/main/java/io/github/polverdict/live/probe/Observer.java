package io.github.polverdict.live.probe;

import io.github.polverdict.core.kernel.IpAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether packets arrive where nobody answers them: the destination's own kernel is asked what it
 * has received, before and after some were sent.
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
   * Whether a connection's first packet arrives and nothing after it. One that was begun earlier,
   * for example just before a policy closed the way, stays half open for a minute and tells nothing
   * of now (tcp(7), tcp_synack_retries); so another is begun.
   *
   * @param port the destination's own
   * @param peer the source as the destination sees it
   */
  boolean halfOpens(Call call, int port, IpAddress peer, Station.Pace pace) throws Fault.Thrown {
    Set<Integer> before = destination.handshakes(PATIENCE).halfOpen(port, peer);
    send(call, 1, pace);
    return !before.containsAll(destination.handshakes(PATIENCE).halfOpen(port, peer));
  }

  /**
   * Sends datagrams and counts. Counts that others have changed meanwhile tell nothing.
   *
   * @param port the destination's own
   * @return empty when the counts do not tell
   */
  Optional<Boolean> arrives(Call call, int port, Station.Pace pace) throws Fault.Thrown {
    int times = 0;
    for (int burst : BURSTS) {
      Sockets quiet = destination.sockets(PATIENCE);
      Sockets before = destination.sockets(PATIENCE);
      send(call, burst, pace);
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

  /** Fails when one was not sent: then counts tell nothing. */
  private void send(Call call, int times, Station.Pace pace) throws Fault.Thrown {
    for (Attempt attempt : source.probe(Collections.nCopies(times, call), pace)) {
      Attempt.Answer answer = attempt.now();
      switch (answer.word()) {
        case UNSUPPORTED, FAILED, LOST ->
            throw new Fault.Thrown(new Fault(answer.detail(), answer.mayPass()));
        case CONNECTED, REFUSED, TIMEOUT, NOTHING, UNREACHABLE -> {}
      }
    }
  }
}
