package io.github.polverdict.lab.replay;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.lab.Packet;
import io.github.polverdict.lab.replay.Played.Result;
import io.github.polverdict.testkit.Scenario;
import java.util.Optional;

/** One flow that is played, and what its packets have done so far. */
final class Attempt {
  private final String scenario;
  private final Scenario.Row row;
  private final Outcome expected;
  private final String column;
  private final Way way;
  private final String where;
  private final String address;
  private String seen = "nothing was sent";

  Attempt(
      String scenario,
      Scenario.Row row,
      Outcome expected,
      String column,
      Way way,
      String where,
      String address) {
    this.scenario = scenario;
    this.row = row;
    this.expected = expected;
    this.column = column;
    this.way = way;
    this.where = where;
    this.address = address;
  }

  Packet packet(String id) {
    return new Packet(id, where, way.protocol(), address, way.port());
  }

  void saw(String word) {
    seen = word;
  }

  /**
   * What the last packet showed: an answer shows that it was let through, and so does a refusal by
   * the end that was called. A Service's refusal may be that of a proxy without backends.
   */
  private Optional<Outcome> shown() {
    if (seen.equals("CONNECTED") || (seen.startsWith("REFUSED") && !way.to().startsWith("svc/"))) {
      return Optional.of(Outcome.ALLOWED);
    }
    return seen.equals("TIMEOUT") ? Optional.of(Outcome.DENIED) : Optional.empty();
  }

  boolean isAsExpected() {
    return shown().equals(Optional.of(expected));
  }

  Played told() {
    Result result =
        shown().isEmpty()
            ? Result.SKIPPED
            : isAsExpected() ? Result.CONFIRMED : Result.CONTRADICTED;
    return new Played(
        scenario,
        row.line(),
        row.from() + " -> " + row.to(),
        expected.name(),
        column,
        result,
        seen.startsWith("REFUSED") ? "REFUSED" : seen);
  }
}
