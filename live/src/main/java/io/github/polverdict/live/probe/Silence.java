package io.github.polverdict.live.probe;

import io.github.polverdict.core.kernel.Protocol;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Since when the kernel of a place shows connections whose first packet is out and nothing came
 * back. A probe that is late to begin does not look so, nor an answer that is late on its way to
 * us.
 */
final class Silence {
  private final Map<Sockets.Socket, Long> since = new HashMap<>();
  private final Set<Call> shown = new HashSet<>();
  private long asked;

  /**
   * Takes in what the place shows.
   *
   * @param asked when it was asked, on the clock of {@link System#nanoTime}; it looked later
   * @param told when it had told; it had looked before
   */
  void look(Sockets sockets, long asked, long told) {
    this.asked = asked;
    var waiting = sockets.unanswered();
    since.keySet().retainAll(waiting);
    waiting.forEach(socket -> {
      since.putIfAbsent(socket, told);
      shown.add(call(socket));
    });
  }

  /** Whether a connection to there was ever seen to wait. */
  boolean showed(Call call) {
    return shown.contains(call);
  }

  /** Whether each of the calls was seen to wait for so long, by a connection of its own. */
  boolean covers(Collection<Call> calls, long nanos) {
    Map<Call, Integer> left = new HashMap<>();
    since.forEach((socket, at) -> {
      if (asked - at >= nanos) {
        left.merge(call(socket), 1, Integer::sum);
      }
    });
    return calls.stream().allMatch(call -> left.merge(call, -1, Integer::sum) >= 0);
  }

  private static Call call(Sockets.Socket socket) {
    return new Call(Protocol.TCP, socket.there().address(), socket.there().port());
  }
}
