package io.github.polverdict.core.model;

/** Which gate: the egress of a flow's source or the ingress of its destination. */
public enum Direction {
  EGRESS,
  INGRESS
}
