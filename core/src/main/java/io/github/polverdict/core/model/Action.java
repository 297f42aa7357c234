package io.github.polverdict.core.model;

/** What a rule does with the flow it matches. */
public enum Action {
  ALLOW,
  DENY,
  /** Leave the decision to the next tier. */
  PASS
}
