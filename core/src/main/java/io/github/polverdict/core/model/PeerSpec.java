package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Passage.Via;
import java.util.List;
import java.util.Set;

/** Who a rule speaks of, as seen at the gate. */
public sealed interface PeerSpec {
  PeerSpec ANYONE = new Anyone();

  /** Everything: pods, nodes, the outside. */
  record Anyone() implements PeerSpec {}

  /** The endpoints that a selector selects. */
  record Selected(Selector selector) implements PeerSpec {}

  /**
   * Whatever has one of the addresses.
   *
   * @param also the kinds of endpoint inside the cluster that match by address; outside addresses
   *     always do
   */
  record InRange(IpSet addresses, Set<Kind> also) implements PeerSpec {
    public InRange {
      also = Set.copyOf(also);
    }
  }

  /**
   * Addresses that only the running engine knows, a resolved name for example.
   *
   * @param atLeast addresses that surely match
   * @param atMost addresses outside of which nothing matches
   */
  record Runtime(IpSet atLeast, IpSet atMost, Doubt doubt) implements PeerSpec {}

  /**
   * Whatever was reached by calling one of the addresses, those of a Service, before translation.
   * Nothing that was called by its own address is.
   */
  record Called(IpSet addresses) implements PeerSpec {}

  /** Whatever was reached by calling an address of one of these kinds. */
  record CalledBy(Set<Via> kinds) implements PeerSpec {
    public CalledBy {
      kinds = Set.copyOf(kinds);
    }
  }

  /**
   * Whatever was reached through a Service whose calls from outside any node may pass on to an
   * endpoint of another: one without externalTrafficPolicy Local.
   */
  record Forwarded() implements PeerSpec {}

  /** Whatever is all of these; a rule that asks for labels and an address range, for example. */
  record AllOf(List<PeerSpec> all) implements PeerSpec {
    public AllOf {
      all = List.copyOf(all);
    }
  }
}
