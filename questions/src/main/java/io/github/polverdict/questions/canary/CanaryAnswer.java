package io.github.polverdict.questions.canary;

import io.github.polverdict.core.model.Pin;
import io.github.polverdict.core.model.canary.CanaryRun;
import io.github.polverdict.core.model.canary.CanaryStep;
import io.github.polverdict.core.model.canary.Wire;
import java.time.Duration;
import java.util.List;

/**
 * Whether a cluster enforces policies, shown with packets.
 *
 * @param says why, one sentence without a full stop
 * @param engine what was recognised in the cluster, and whether that fits
 * @param lookAt what to look at next, one sentence each; empty when all is well
 * @param latencies by how a wire changed; empty when none did as it should
 * @param inputs SHA-256 of what was put into the cluster, by name; in hexadecimal
 */
public record CanaryAnswer(
    Result result,
    String says,
    Engine engine,
    List<String> lookAt,
    List<Step> steps,
    List<Latency> latencies,
    CanaryRun run,
    List<Input> inputs) {

  /** What came of it. */
  public enum Result {
    /** Everything that a policy denies was stopped, and nothing else. */
    ENFORCED,
    /** Some of it was stopped. */
    PARTLY,
    /** Nothing was stopped. */
    NOT_ENFORCED,
    /** More was stopped than the canary's policies deny. */
    TOO_MUCH,
    /** The packets do not tell. */
    UNDECIDED
  }

  /**
   * What was recognised in the cluster.
   *
   * @param says as {@code inspect} says it
   * @param pins the engines with the profiles that speak for them
   * @param facts what shows it: agents with their images, settings that are not the default
   */
  public record Engine(String says, Fit fit, List<Pin> pins, List<String> facts) {
    public Engine {
      pins = List.copyOf(pins);
      facts = List.copyOf(facts);
    }
  }

  /** Whether what was recognised and what was seen go together. */
  public enum Fit {
    AGREES,
    CONTRADICTS,
    NOT_KNOWN
  }

  /** One step with what was expected. */
  public record Step(
      String id, String says, CanaryStep.Role role, List<Row> rows, List<CanaryRun.Kept> kept) {
    public Step {
      rows = List.copyOf(rows);
      kept = List.copyOf(kept);
    }
  }

  /** What was seen on one wire, and what should have been. */
  public record Row(boolean passes, Standing standing, CanaryRun.Seen seen) {}

  /** What a row comes to. */
  public enum Standing {
    AS_EXPECTED,
    /** It passed, and should not. */
    LEAKED,
    /** It was stopped, and should not be. */
    STOPPED,
    /** What was seen does not tell. */
    NOT_KNOWN
  }

  /**
   * How long it took until a policy was seen to take effect, from the server's having taken it.
   *
   * @param opens whether the wire opened; else it closed
   */
  public record Latency(String step, Wire wire, boolean opens, Duration after) {}

  /** Something that was put into the cluster. */
  public record Input(String name, String sha256) {}

  public CanaryAnswer {
    lookAt = List.copyOf(lookAt);
    steps = List.copyOf(steps);
    latencies = List.copyOf(latencies);
    inputs = List.copyOf(inputs);
  }

  /** Whether the cluster enforces what policies say. */
  public boolean passed() {
    return result == Result.ENFORCED;
  }
}
