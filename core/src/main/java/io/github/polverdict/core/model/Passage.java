package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happens to a packet before a gate. All conditions must hold; the traffic is what arrives at
 * the destination (after translation).
 *
 * @param via the kinds of address the source called; empty for any
 * @param onlyIf facts without which it is not known whether it applies; usually empty
 */
public record Passage(
    PeerSpec from,
    PeerSpec to,
    TrafficSet traffic,
    Set<Via> via,
    Where where,
    Effect effect,
    List<Doubt> onlyIf,
    Origin origin) {

  /** What address the source called. */
  public enum Via {
    POD_ADDRESS,
    CLUSTER_IP,
    NODE_PORT,
    LOAD_BALANCER
  }

  /** Where source and destination are to each other. */
  public enum Where {
    ANY,
    ITSELF,
    SAME_NODE,
    OTHER_NODE
  }

  /** The end of a flow. */
  public enum End {
    SOURCE,
    DESTINATION
  }

  /** What happens. */
  public sealed interface Effect {
    /** The gate that it happens at. */
    Direction gate();

    /** The gate does not look at the packet. */
    record Bypass(Direction gate) implements Effect {}

    /** Nothing passes the gate, whatever the tiers say. */
    record Closed(Direction gate) implements Effect {}

    /** The gate's outcome is not known, for the reasons in {@code onlyIf}. */
    record Uncertain(Direction gate) implements Effect {}

    /**
     * The packet travels inside a connection to another port of the destination's own address, as a
     * mesh has it. That connection is what the gate sees, and what the passages after this one are
     * about.
     *
     * @param by what carries it, as a reader knows it
     */
    record Inside(Direction gate, Protocol protocol, int port, String by) implements Effect {}

    /**
     * The gate sees the other end as something else.
     *
     * @param untranslated whether the gate also sees the port that the source called, not the one
     *     that traffic arrives at
     */
    record SeenAs(Direction gate, Guise guise, boolean untranslated) implements Effect {
      public SeenAs {
        if (guise instanceof Guise.Called && gate == Direction.INGRESS) {
          throw new IllegalArgumentException("a destination's gate sees what arrived");
        }
      }

      public SeenAs(Direction gate, Guise guise) {
        this(gate, guise, false);
      }
    }
  }

  /** What the other end of a flow looks like at a gate. */
  public sealed interface Guise {
    /** The outside; its address is not one that any range covers but the widest ones. */
    record World() implements Guise {}

    /**
     * What the source called, as something outside: a Service's own address, that of a balancer or
     * of a node. For the source's gate, where an engine looks before translation; where there is
     * none, on the way to an endpoint's own address, it does not apply.
     */
    record Called() implements Guise {}

    /** One end of the flow as something outside, with its own addresses. */
    record Outsider(End end) implements Guise {}

    /** The node of one end of the flow, with that node's own addresses. */
    record NodeOf(End end) implements Guise {}

    /**
     * Any node of the cluster.
     *
     * @param also addresses that it may have besides those that nodes are known by
     */
    record SomeNode(IpSet also) implements Guise {
      public SomeNode() {
        this(IpSet.NONE);
      }
    }

    /** The node of the source, with an address that the overlay gives it, by node name. */
    record TunnelOf(Map<String, IpSet> addresses) implements Guise {
      public TunnelOf {
        addresses = Map.copyOf(addresses);
      }
    }
  }

  public Passage {
    via = Set.copyOf(via);
    onlyIf = List.copyOf(onlyIf);
  }

  /** Whether it may apply to traffic by that kind of address. */
  public boolean isFor(Via called) {
    boolean translatedOnly =
        effect instanceof Effect.SeenAs as && as.guise() instanceof Guise.Called;
    return (via.isEmpty() || via.contains(called))
        && !(translatedOnly && called == Via.POD_ADDRESS);
  }

  /** This passage between these ends only. */
  public Passage between(PeerSpec source, PeerSpec destination) {
    return new Passage(source, destination, traffic, via, where, effect, onlyIf, origin);
  }

  /** This passage for traffic to these kinds of address only. */
  public Passage via(Via... kinds) {
    return new Passage(from, to, traffic, Set.of(kinds), where, effect, onlyIf, origin);
  }

  /** This passage for ends that stand so to each other only. */
  public Passage where(Where relation) {
    return new Passage(from, to, traffic, via, relation, effect, onlyIf, origin);
  }

  /** This passage for this traffic only. */
  public Passage carrying(TrafficSet some) {
    return new Passage(from, to, some, via, where, effect, onlyIf, origin);
  }

  /** This passage only if facts that are not known are so. */
  public Passage onlyIf(Doubt... doubts) {
    return new Passage(from, to, traffic, via, where, effect, List.of(doubts), origin);
  }
}
