package io.github.polverdict.lab.replay;

/**
 * What became of one flow of a scenario.
 *
 * @param scenario the file's path below the folder of scenarios
 * @param line 1-based line of the flow
 * @param flow as it is written, {@code shop/web -> shop/db:5432}
 * @param expected ALLOWED or DENIED; what is said where it was not played
 * @param column the column that says so; empty where the engine has none and the model says it
 * @param seen what the packets did; a reason where it was not played
 */
public record Played(
    String scenario,
    int line,
    String flow,
    String expected,
    String column,
    Result result,
    String seen) {

  /** Whether packets bear it out. */
  public enum Result {
    CONFIRMED,
    CONTRADICTED,
    /** Nothing was sent, or nothing can be told from it. */
    SKIPPED
  }

  static Played skipped(String scenario, int line, String flow, String why) {
    return new Played(scenario, line, flow, "", "", Result.SKIPPED, why);
  }

  @Override
  public String toString() {
    return scenario
        + ":"
        + line
        + ": "
        + flow
        + (expected.isEmpty() ? "" : ": expected " + expected)
        + (column.isEmpty() || expected.isEmpty() ? "" : " (" + column + ")")
        + ", "
        + seen;
  }
}
