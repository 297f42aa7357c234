package io.github.polverdict.questions;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;

/** What one party may send to another: surely, perhaps, and (the rest) surely not. */
public record Reach(TrafficSet allowed, TrafficSet unknown) {
  public static final Reach NOTHING = new Reach(TrafficSet.NONE, TrafficSet.NONE);

  public TrafficSet denied() {
    return TrafficSet.ALL.minus(allowed).minus(unknown);
  }

  /** The traffic that has the outcome. */
  public TrafficSet with(Outcome outcome) {
    return switch (outcome) {
      case ALLOWED -> allowed;
      case DENIED -> denied();
      case UNKNOWN -> unknown;
    };
  }
}
