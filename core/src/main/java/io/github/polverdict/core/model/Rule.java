package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.Origin;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule: whoever is among the peers, with traffic among the traffic, gets the action.
 *
 * @param rank lowest is served first across the blocks of a tier; rules of equal rank are served in
 *     the order of their block, and are unordered between blocks
 * @param peers any of them; nobody when empty
 * @param traffic any of them; nothing when empty
 * @param onlyIf facts without which it is not known whether the rule exists; usually empty
 */
public record Rule(
    int rank,
    List<PeerSpec> peers,
    List<TrafficSpec> traffic,
    Action action,
    List<Doubt> onlyIf,
    Origin origin) {
  public Rule {
    peers = List.copyOf(peers);
    traffic = List.copyOf(traffic);
    onlyIf = List.copyOf(onlyIf);
  }

  /** The same rule, of which one more fact decides whether it exists. */
  public Rule onlyIf(Doubt doubt) {
    List<Doubt> doubts = new ArrayList<>(onlyIf);
    doubts.add(doubt);
    return new Rule(rank, peers, traffic, action, doubts, origin);
  }

  /** The same rule, about others. */
  public Rule withPeers(List<PeerSpec> others) {
    return new Rule(rank, others, traffic, action, onlyIf, origin);
  }

  /** The same rule, as a row of the profile makes of it. */
  public Rule bent(Origin.BuiltIn because) {
    Origin bent = new Origin.Bent(origin.place(), because);
    return new Rule(rank, peers, traffic, action, onlyIf, bent);
  }

  /** The same rule, about one more peer. */
  public Rule withPeer(PeerSpec peer) {
    List<PeerSpec> more = new ArrayList<>(peers);
    more.add(peer);
    return withPeers(more);
  }

  /** A rule of rank 0 that allows and that surely exists. */
  public static Rule allow(List<PeerSpec> peers, List<TrafficSpec> traffic, Origin origin) {
    return new Rule(0, peers, traffic, Action.ALLOW, List.of(), origin);
  }
}
