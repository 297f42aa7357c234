package io.github.polverdict.questions;

import java.util.List;

/** An answer, or why there is none. */
public sealed interface Reply<A> {

  /** The answer. */
  record Answered<A>(A answer) implements Reply<A> {}

  /** What must be put otherwise; at least one. */
  record Refused<A>(List<Refusal> refusals) implements Reply<A> {
    public Refused {
      refusals = List.copyOf(refusals);
    }
  }
}
