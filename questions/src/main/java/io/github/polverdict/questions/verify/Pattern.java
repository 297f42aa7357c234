package io.github.polverdict.questions.verify;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds what contradictions have in common: a source, an agent, a policy, a way between nodes. */
final class Pattern {
  /** So many flows of one kind make a pattern. */
  private static final int FEW = 3;

  private final List<Compared> decided;

  Pattern(List<Compared> all) {
    this.decided = all.stream().filter(Compared::decided).toList();
  }

  private List<Compared> where(Predicate<Compared> condition) {
    return decided.stream().filter(condition).toList();
  }

  private static boolean all(List<Compared> some, Outcome seen) {
    return some.size() >= FEW && some.stream().allMatch(c -> c.saw(seen));
  }

  /** Nothing that a source should reach answers it, and others are answered. */
  Optional<Explanation> silentSource(Compared one) {
    String from = one.from().id();
    List<Compared> own = where(c -> c.from().id().equals(from) && c.predicted(Outcome.ALLOWED));
    boolean others =
        decided.stream().anyMatch(c -> !c.from().id().equals(from) && c.saw(Outcome.ALLOWED));
    boolean toSeveral = own.stream().map(c -> c.trial().at()).distinct().count() > 1;
    return one.saw(Outcome.DENIED) && others && toSeveral && all(own, Outcome.DENIED)
        ? Optional.of(
            Explanation.of(
                Cause.PROBE_BROKEN,
                "none of the %d flows that %s should be let was answered, and other pods were"
                    .formatted(own.size(), from),
                "look whether the pod has a network: its interface, routes and the probe's error"))
        : Optional.empty();
  }

  /** Nothing that the agent of a node should deny is denied. */
  Optional<Explanation> idleAgent(Compared one) {
    if (one.node().isEmpty() || !one.saw(Outcome.ALLOWED)) {
      return Optional.empty();
    }
    List<Compared> own = where(c -> c.node().equals(one.node()) && c.predicted(Outcome.DENIED));
    boolean several = own.stream().map(Compared::policy).distinct().count() > 1;
    return several && all(own, Outcome.ALLOWED)
        ? Optional.of(
            Explanation.of(
                Cause.AGENT,
                "nothing is denied on node %s: all %d flows passed that its agent should deny"
                    .formatted(one.node().get(), own.size()),
                "look at the agent's pod on that node and at its log"))
        : Optional.empty();
  }

  /** Nothing gets from one node to another, whatever policies say. */
  Optional<Explanation> cutNodes(Compared one) {
    Optional<String> from = one.from().node();
    Optional<String> to = one.to().flatMap(Endpoint::node);
    if (from.isEmpty() || to.isEmpty() || from.equals(to) || !one.saw(Outcome.DENIED)) {
      return Optional.empty();
    }
    List<Compared> own =
        where(c ->
            c.predicted(Outcome.ALLOWED)
                && c.from().node().equals(from)
                && c.to().flatMap(Endpoint::node).equals(to));
    boolean within =
        decided.stream()
            .anyMatch(c -> c.to().flatMap(Endpoint::node).equals(to) && c.saw(Outcome.ALLOWED));
    return within && all(own, Outcome.DENIED)
        ? Optional.of(
            Explanation.of(
                Cause.OTHER_LAYER,
                "nothing gets from node %s to node %s, and flows within %s pass"
                    .formatted(from.get(), to.get(), to.get()),
                "look at security groups and firewalls between the nodes, and at the overlay"))
        : Optional.empty();
  }

  /** Nothing that one policy decides is so, and the agent there enforces others. */
  Optional<Explanation> idlePolicy(Compared one) {
    String policy = one.policy();
    if (policy.isEmpty()) {
      return Optional.empty();
    }
    List<Compared> own = where(c -> c.policy().equals(policy));
    List<Compared> late = where(c -> c.probed().map(Observation::tries).orElse(1) > 1);
    boolean settling = late.stream().anyMatch(c -> !c.contradicted() && c.policy().equals(policy));
    boolean others =
        decided.stream()
            .anyMatch(c ->
                c.node().equals(one.node())
                    && !c.policy().equals(policy)
                    && c.predicted(Outcome.DENIED)
                    && !c.contradicted());
    boolean none = own.size() > 1 && own.stream().allMatch(Compared::contradicted);
    return settling || (none && others)
        ? Optional.of(
            Explanation.of(
                Cause.NOT_REALISED,
                settling
                    ? "other flows that " + policy + " decides came right while they were tried"
                    : "nothing that %s decides is so (%d flows), and other policies there are enforced"
                        .formatted(policy, own.size()),
                "verify again in a minute; if it stays, look at the agent's log for the policy"))
        : Optional.empty();
  }
}
