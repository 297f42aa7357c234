package io.github.polverdict.core.model;

/** The answer for a flow or a gate. */
public enum Outcome {
  ALLOWED,
  DENIED,
  UNKNOWN
}
