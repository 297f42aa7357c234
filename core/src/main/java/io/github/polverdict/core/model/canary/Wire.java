package io.github.polverdict.core.model.canary;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One way that packets of the canary take: from one pod to another by a protocol. */
public record Wire(Cast from, Cast to, Protocol protocol) {
  /** The port on which every pod of the canary answers, over TCP and over UDP. */
  public static final int PORT = 8080;

  /**
   * Every wire, in order.
   *
   * @param far whether there is a pod on another node
   */
  public static List<Wire> all(boolean far) {
    List<Wire> out = new ArrayList<>();
    for (Cast peer : far ? List.of(Cast.NEAR, Cast.FAR) : List.of(Cast.NEAR)) {
      for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
        out.add(new Wire(peer, Cast.HUB, protocol));
        out.add(new Wire(Cast.HUB, peer, protocol));
      }
    }
    return List.copyOf(out);
  }

  /** Whether the hub is called or calls. */
  public Direction direction() {
    return to == Cast.HUB ? Direction.INGRESS : Direction.EGRESS;
  }

  /** The pod that is not the hub. */
  public Cast peer() {
    return to == Cast.HUB ? from : to;
  }

  /** {@code near -> hub TCP}. */
  public String text() {
    return from.pod() + " -> " + to.pod() + " " + protocol;
  }

  /** The wire that {@link #text} names. */
  public static Wire of(String text) {
    String[] words = text.split(" ");
    if (words.length != 4) {
      throw new IllegalArgumentException("'" + text + "' is no wire like 'near -> hub TCP'");
    }
    return new Wire(
        Cast.valueOf(words[0].toUpperCase(Locale.ROOT)),
        Cast.valueOf(words[2].toUpperCase(Locale.ROOT)),
        Protocol.valueOf(words[3]));
  }
}
