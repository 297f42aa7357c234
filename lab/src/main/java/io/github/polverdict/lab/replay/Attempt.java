package io.github.polverdict.lab.replay;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.lab.Packet;
import io.github.polverdict.lab.replay.Played.Result;
import io.github.polverdict.testkit.Scenario;
import java.util.Optional;

/** One flow that is played, and what its packets have done so far. */
final class Attempt {
  private static final int PATIENCE = 3;

  private final String scenario;
  private final Scenario.Row row;
  private final Expected expected;
  private final Packet packet;
  private String seen = "nothing was sent";
  private int silent;

  /**
   * What shall come out.
   *
   * @param column the scenario's column that says so; empty where the model does
   */
  record Expected(Outcome outcome, String column) {}

  /**
   * One that has not been made yet.
   *
   * @param packet what is sent each time; its id does not matter
   */
  Attempt(String scenario, Scenario.Row row, Expected expected, Packet packet) {
    this.scenario = scenario;
    this.row = row;
    this.expected = expected;
    this.packet = packet;
  }

  Packet packet(String id) {
    return new Packet(id, packet.where(), packet.protocol(), packet.address(), packet.port());
  }

  /** Without an answer by UDP it is open whether the call or the answer was dropped, or neither. */
  void saw(String word) {
    seen = word.startsWith("TIMEOUT: ") ? "no answer, which by UDP says nothing" : word;
    silent = shown().isEmpty() ? silent + 1 : 0;
  }

  /**
   * What the last packet showed: an answer shows that it was let through, and so does a refusal by
   * the end that was called. A Service's refusal may be that of a proxy without backends.
   */
  private Optional<Outcome> shown() {
    if (seen.equals("CONNECTED") || (seen.startsWith("REFUSED") && !row.to().startsWith("svc/"))) {
      return Optional.of(Outcome.ALLOWED);
    }
    return seen.equals("TIMEOUT") ? Optional.of(Outcome.DENIED) : Optional.empty();
  }

  /** Whether packets have said nothing so often that more of them say nothing either. */
  boolean isHopeless() {
    return silent >= PATIENCE;
  }

  boolean isAsExpected() {
    return shown().equals(Optional.of(expected.outcome()));
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
        expected.outcome().name(),
        expected.column(),
        result,
        seen.startsWith("REFUSED") ? "REFUSED" : seen);
  }
}
