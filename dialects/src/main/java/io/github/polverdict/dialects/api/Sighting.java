package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An engine as it was seen in a snapshot, or as the user said.
 *
 * @param version as found, {@code 1.19.4}; empty when not known
 * @param settings by the profile's names, as found; absent ones have their default
 * @param nodes names of the nodes it runs on; empty for all
 * @param because how each of these is known: one sentence with its place
 */
public record Sighting(
    String dialect,
    String version,
    Map<String, String> settings,
    Optional<Set<String>> nodes,
    List<Reason> because) {

  /**
   * One sentence and the place that shows it.
   *
   * @param setting the setting that it shows; empty for the engine itself and its version
   */
  public record Reason(String says, Origin origin, String setting) {
    /** What shows the engine or its version. */
    public Reason(String says, Origin origin) {
      this(says, origin, "");
    }

    /** The same, as what shows a setting. */
    public Reason of(String shown) {
      return new Reason(says, origin, shown);
    }
  }

  public Sighting {
    settings = Map.copyOf(settings);
    because = List.copyOf(because);
  }
}
