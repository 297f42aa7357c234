package io.github.polverdict.questions.verify;

import io.github.polverdict.core.engine.Judge;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The same cluster if one thing that is known of its engine were otherwise.
 *
 * @param id of the row; the engine for others
 * @param says what is otherwise, one clause
 * @param row the row that is otherwise; empty for others
 * @param judge of that cluster; made when it is first asked for
 */
public record Alternative(
    Sort sort, String id, String says, Optional<Row> row, Supplier<Judge> judge) {

  /**
   * A row of the profile of an engine that the cluster runs.
   *
   * @param holds whether it holds there, and so does not in the alternative
   * @param says what the row says
   */
  public record Row(boolean holds, String says) {}

  /** The cluster with a row the other way round. */
  public static Alternative of(Sort sort, String id, Row row, Supplier<Judge> judge) {
    String says = "row " + id + (row.holds() ? " did not hold: " : " held: ") + row.says();
    return new Alternative(sort, id, says, Optional.of(row), judge);
  }

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
