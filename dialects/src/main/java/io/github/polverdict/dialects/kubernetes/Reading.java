package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The knobs of the library dialect: how an engine resolves what a valid policy leaves open.
 *
 * @param tier the tier that policies are placed in
 * @param byAddress the kinds of endpoint inside the cluster that an ipBlock matches by address
 * @param byWholeRange the same for {@code 0.0.0.0/0} and {@code ::/0}
 * @param names how port names become numbers
 * @param unlabelled whom selectors of namespaces match that ask for no label to be there
 * @param rank of the rules among those of the tier, lowest first
 */
public record Reading(
    String tier,
    Set<Kind> byAddress,
    Set<Kind> byWholeRange,
    PortNames names,
    Unlabelled unlabelled,
    int rank) {
  /** The usual tier. */
  public static final String TIER = "NetworkPolicy";

  /** Whom a peer's selectors match that only say which labels must not be there. */
  public enum Unlabelled {
    /** The pods that do not have them. */
    PODS,
    /** These and whatever has no labels: nodes and the outside. */
    AND_OTHERS,
    /** Everybody, also the pods that have them. */
    EVERYBODY
  }

  /** How the names among a rule's ports become numbers. */
  @FunctionalInterface
  public interface PortNames {
    /**
     * What the names stand for.
     *
     * @param peer the peer that the rule is compiled for; empty when everybody is one
     */
    TrafficSpec resolve(List<PortName> names, Use use, Optional<Peer> peer);
  }

  /**
   * The rule in which names are used.
   *
   * @param subject the pods that the policy selects
   */
  public record Use(
      NetworkPolicySpec policy, RuleEntry rule, Direction direction, Selector subject) {}

  public Reading {
    byAddress = Set.copyOf(byAddress);
    byWholeRange = Set.copyOf(byWholeRange);
  }

  /**
   * The specification, with ipBlock matching every address that is in it: the API leaves open
   * whether it matches addresses of pods (networking/v1 types.go, IPBlock; kubernetes.io network
   * policies, "ipBlock").
   */
  public static Reading specification() {
    Set<Kind> all = Kind.INSIDE;
    return new Reading(TIER, all, all, onTheDestination(false), Unlabelled.PODS, 0);
  }

  /** Each destination's own declaration counts. */
  public static PortNames onTheDestination(boolean initToo) {
    return resolvedAs(Resolution.ON_THE_DESTINATION, initToo);
  }

  /** A resolution that looks at every pod of the cluster. */
  public static PortNames resolvedAs(Resolution resolution, boolean initToo) {
    return (names, _, _) ->
        new TrafficSpec.Named(
            names,
            resolution,
            Selector.pods(),
            initToo,
            io.github.polverdict.core.kernel.TrafficSet.NONE);
  }

  public Reading ipBlocksMatch(Set<Kind> kinds) {
    return new Reading(tier, kinds, kinds, names, unlabelled, rank);
  }

  public Reading wholeRangesMatch(Set<Kind> kinds) {
    return new Reading(tier, byAddress, kinds, names, unlabelled, rank);
  }

  public Reading names(PortNames other) {
    return new Reading(tier, byAddress, byWholeRange, other, unlabelled, rank);
  }

  public Reading unlabelled(Unlabelled whom) {
    return new Reading(tier, byAddress, byWholeRange, names, whom, rank);
  }

  public Reading inTier(String other) {
    return new Reading(other, byAddress, byWholeRange, names, unlabelled, rank);
  }

  public Reading ranked(int other) {
    return new Reading(tier, byAddress, byWholeRange, names, unlabelled, other);
  }
}
