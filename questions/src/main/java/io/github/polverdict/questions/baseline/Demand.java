package io.github.polverdict.questions.baseline;

/** What a baseline wants to become of some traffic. */
public enum Demand {
  ALLOW,
  DENY,
  /** Whatever it is: it is not looked at. */
  ANY
}
