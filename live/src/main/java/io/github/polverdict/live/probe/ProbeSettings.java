package io.github.polverdict.live.probe;

import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Trial;
import java.time.Duration;
import java.util.function.BiPredicate;

/**
 * How trials are tried.
 *
 * @param sources from how many places at once
 * @param batch probes of one place at once
 * @param rate probes a second, of all places together
 * @param floor the least that a probe is waited for
 * @param cap the most
 * @param settle for how long what is not as expected is tried again
 * @param expected what needs no other try; what is INCONCLUSIVE always does
 * @param image of ephemeral containers and clones
 */
public record ProbeSettings(
    int sources,
    int batch,
    int rate,
    Duration floor,
    Duration cap,
    Duration settle,
    BiPredicate<Trial, Sign> expected,
    String image) {
  /** The image that has everything a probe needs. */
  public static final String AGNHOST = "registry.k8s.io/e2e-test-images/agnhost:2.53";

  /** Without an expectation: only what is INCONCLUSIVE is tried again. */
  public static final ProbeSettings USUAL =
      new ProbeSettings(
          16,
          32,
          500,
          Duration.ofMillis(250),
          Duration.ofSeconds(2),
          Duration.ofSeconds(15),
          (_, _) -> true,
          AGNHOST);

  /** The same, trying again what the predicate does not take. */
  public ProbeSettings expecting(BiPredicate<Trial, Sign> wanted) {
    return new ProbeSettings(sources, batch, rate, floor, cap, settle, wanted, image);
  }

  /** The same, trying again for so long. */
  public ProbeSettings settlingWithin(Duration limit) {
    return new ProbeSettings(sources, batch, rate, floor, cap, limit, expected, image);
  }

  /** The same with other limits. */
  public ProbeSettings limited(int toSources, int toRate) {
    return new ProbeSettings(toSources, batch, toRate, floor, cap, settle, expected, image);
  }

  /** The same with another image. */
  public ProbeSettings withImage(String other) {
    return new ProbeSettings(sources, batch, rate, floor, cap, settle, expected, other);
  }

  Station.Pace pace() {
    return new Station.Pace(Duration.ofSeconds(20), floor, cap);
  }
}
