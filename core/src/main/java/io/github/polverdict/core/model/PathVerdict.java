package io.github.polverdict.core.model;

import java.util.List;

/** What becomes of one path: the outcome of all its gates, egress first, plane by plane. */
public record PathVerdict(Path path, Outcome outcome, List<GateVerdict> gates) {
  public PathVerdict {
    gates = List.copyOf(gates);
  }
}
