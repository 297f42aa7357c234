package io.github.polverdict.dialects.api;

import java.util.List;

/**
 * The custom resource definitions of an API group that lie beside a dialect's class, in files
 * called {@code <group>-<release>.json}; {@code dialects/schemas/update} writes them.
 *
 * @param releases those of the engine that changed the definitions, the oldest first; of the
 *     definitions themselves when no engine brings them
 */
public record Bundle(String group, List<String> releases) {
  public Bundle {
    releases = List.copyOf(releases);
  }
}
