package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import java.util.List;

/** What traffic a rule speaks of. */
public sealed interface TrafficSpec {
  TrafficSpec ALL = new Numeric(TrafficSet.ALL);

  /** Traffic given by numbers. */
  record Numeric(TrafficSet traffic) implements TrafficSpec {}

  /** Traffic to ports given by numbers that the source called, before translation. */
  record Called(TrafficSet traffic) implements TrafficSpec {}

  /**
   * Ports given by names that containers declare.
   *
   * @param within whose declarations count for the resolutions that look at many pods
   * @param initToo whether ports of init containers (native sidecars) count
   * @param unresolved what the names together stand for when none of them resolves to a number
   */
  record Named(
      List<PortName> names,
      Resolution resolution,
      Selector within,
      boolean initToo,
      TrafficSet unresolved)
      implements TrafficSpec {
    public Named {
      names = List.copyOf(names);
    }
  }

  /** Traffic given by numbers, to some destinations only. */
  record OnlyTo(Selector destinations, TrafficSet traffic) implements TrafficSpec {}

  /** Some traffic that is not also other traffic; neither is {@link Called}. */
  record Without(TrafficSpec some, TrafficSpec others) implements TrafficSpec {
    public Without {
      if (some instanceof Called || others instanceof Called) {
        throw new IllegalArgumentException("what was called is not compared with what arrives");
      }
    }
  }

  /** The name of a port and its protocol. */
  record PortName(Protocol protocol, String name) {}

  /** How an engine turns a name into a number. */
  enum Resolution {
    /** The destination of the flow declares it; a pod outside {@code within} does not count. */
    ON_THE_DESTINATION,
    /** The same, but of what it declares by a name only the last counts, of any protocol. */
    LAST_ON_THE_DESTINATION,
    /** The destination declares it, of any protocol: all traffic, whatever its port. */
    ALL_OF_THE_DESTINATION,
    /** All pods with the destination's labels declare it; two numbers among them: none. */
    ON_THE_DESTINATIONS_IDENTITY,
    /** One number for the whole cluster, for any peer; two numbers anywhere: none. */
    ONE_NUMBER_PER_CLUSTER,
    /** All numbers that any pod in {@code within} declares, for any peer. */
    UNION_OF_DECLARED
  }
}
