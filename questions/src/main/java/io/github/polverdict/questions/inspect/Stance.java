package io.github.polverdict.questions.inspect;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What becomes by default of the traffic of a namespace's pods in one direction: of traffic with
 * ends and on ports that no rule names. Worked out by judging such flows, not by counting policies.
 *
 * @param supposed whether there is no pod and the stance is that of a pod to be
 * @param shares what it is made of; those with the same namespace are told, and don't count
 * @param restricted whether some policy or setting may deny something
 */
public record Stance(Default word, boolean supposed, List<Share> shares, boolean restricted) {

  /** A default in one word. */
  public enum Default {
    ALLOW,
    DENY,
    /** Some pods, some ends or some traffic are allowed and others are denied. */
    MIXED,
    UNKNOWN
  }

  /** The other end of the flows that are judged. */
  public enum Peer {
    SAME_NAMESPACE,
    OTHER_NAMESPACES,
    OUTSIDE
  }

  /**
   * Pods for which one object makes the same default.
   *
   * @param traffic {@code TCP}, {@code UDP}; with {@code over IPv6} where the families differ
   * @param pods how many there are
   * @param sample the first few of them by name
   * @param policy the policy or setting that makes it so; empty when none does
   * @param audited whether it would be denied and is only noted
   */
  public record Share(
      Peer peer,
      Outcome outcome,
      List<String> traffic,
      int pods,
      List<String> sample,
      String policy,
      String because,
      Optional<Origin> origin,
      boolean audited) {
    public Share {
      traffic = List.copyOf(traffic);
      sample = List.copyOf(sample);
    }
  }

  public Stance {
    shares = List.copyOf(shares);
  }
}
