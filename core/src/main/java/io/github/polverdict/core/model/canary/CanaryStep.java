package io.github.polverdict.core.model.canary;

import java.util.List;
import java.util.Set;

/**
 * One step of the canary: the policies that are there, and what passes then by the specification.
 *
 * @param says what the policies say, one clause
 * @param policies all that are there in this step; those of the step before that are not named go
 * @param passes the wires on which packets pass; they do not on all others
 */
public record CanaryStep(
    String id, String says, Role role, List<CanaryPolicy> policies, Set<Wire> passes) {

  /** What a step is for. */
  public enum Role {
    /** Shows what is the default without a policy; nothing follows from it. */
    DEFAULT,
    /** Everything must pass, else what other steps show means nothing. */
    CONTROL,
    /** Something must not pass. */
    DENIAL
  }

  /**
   * A NetworkPolicy.
   *
   * @param json the whole object in the canary's namespace, without its metadata.namespace
   */
  public record CanaryPolicy(String name, String json) {}

  public CanaryStep {
    policies = List.copyOf(policies);
    passes = Set.copyOf(passes);
  }
}
