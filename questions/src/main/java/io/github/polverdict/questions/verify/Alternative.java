package io.github.polverdict.questions.verify;

import io.github.polverdict.core.engine.Judge;
import java.util.function.Supplier;

/**
 * The same cluster if one thing that is known of its engine were otherwise.
 *
 * @param id of the row; the engine for others
 * @param says what is otherwise, one clause: {@code row x.y did not hold: …}
 * @param judge of that cluster; made when it is first asked for
 */
public record Alternative(Sort sort, String id, String says, Supplier<Judge> judge) {

  /** What is otherwise. */
  public enum Sort {
    /** A row of a profile holds that does not, or the other way round. */
    ROW,
    /** An engine runs with other settings than those that it was given. */
    SETTINGS,
    /** Nothing enforces. */
    NOTHING
  }
}
