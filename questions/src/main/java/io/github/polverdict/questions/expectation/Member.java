package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.naming.Goal;

/**
 * One endpoint that an expectation means.
 *
 * @param sure MAYBE when it is not known that it is meant, or that it is there
 */
record Member(Goal.End end, Truth sure) {

  Endpoint judged() {
    return end.judged();
  }

  Endpoint cell() {
    return end.cell();
  }

  /** Whether both are the same pod or node. */
  boolean is(Member other) {
    return cell().equals(other.cell()) && cell().kind() != Kind.EXTERNAL;
  }
}
