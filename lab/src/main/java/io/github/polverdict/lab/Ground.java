package io.github.polverdict.lab;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A lab in which packets can be sent, also from nodes and from outside. */
public interface Ground extends Cluster {

  /**
   * Sends packets, all at about the same time.
   *
   * @return by the packet's id: {@code CONNECTED}, {@code TIMEOUT}, {@code REFUSED…}, or a reason
   *     why it could not be sent; a packet that was lost by the lab itself is not in it
   */
  Map<String, String> send(List<Packet> packets);

  /** Makes hosts with these addresses outside of the cluster, which answer on every port. */
  void outside(Collection<String> addresses);

  /** How often an agent has ended, and was started again, since the lab is up. */
  int deaths();

  /** Waits until agents that have ended are at work again. */
  void recover();

  /** What runs in it: pins for evidence, such as the agent's module and its sum, the kernel. */
  Map<String, String> pins();
}
