package io.github.polverdict.dialects.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One named behaviour of an engine that the specification does not prescribe.
 *
 * @param id {@code <dialect>.<name>}
 * @param says what the engine does, one sentence without a full stop
 * @param when under which versions and settings
 * @param touches the flows that become UNKNOWN; present exactly for the effect DOUBT
 * @param scenarios files under scenarios/ that show it
 */
public record Quirk(
    String id,
    String says,
    When when,
    Effect effect,
    Optional<Touches> touches,
    Status status,
    List<Evidence> evidence,
    List<String> scenarios) {

  /** What the row does to verdicts. */
  public enum Effect {
    /** Code asks whether it is active and acts on it. */
    CODE,
    /** The flows that it touches are UNKNOWN because of it. */
    DOUBT,
    /** No verdict depends on it: it is about time, failures or what can't be seen; it is shown. */
    NOTE
  }

  /** How it is known, best first. */
  public enum Status {
    MEASURED,
    SOURCE,
    DOCUMENTED,
    REPORTED,
    INFERRED
  }

  /** Where it can be looked up: kind (source, doc, issue, conformance, lab), link, pin. */
  public record Evidence(String kind, String link, String pin) {}

  /**
   * The versions and settings under which a row holds.
   *
   * @param version a range as {@code ">= 1.15, < 1.16"}, or several with {@code or}; empty for all
   * @param config setting name to condition, all of which must hold; a condition is a value, {@code
   *     "contains X"} or {@code "!= X"}
   */
  public record When(String version, Map<String, String> config) {
    public static final When ALWAYS = new When("", Map.of());
    public static final When NEVER = new When("< 0", Map.of());

    public When {
      config = Map.copyOf(config);
    }
  }

  /** The same row, holding under other versions and settings. */
  Quirk when(When other) {
    return new Quirk(id, says, other, effect, touches, status, evidence, scenarios);
  }

  public Quirk {
    evidence = List.copyOf(evidence);
    scenarios = List.copyOf(scenarios);
  }
}
