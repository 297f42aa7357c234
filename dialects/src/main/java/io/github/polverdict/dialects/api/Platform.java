package io.github.polverdict.dialects.api;

import io.github.polverdict.dialects.api.Sighting.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A distribution or a service that some nodes belong to, as a snapshot shows it. Shown as evidence:
 * no verdict and no engine is ever concluded from it.
 *
 * @param id lower case, as in {@code platforms.yaml}
 * @param title its own name
 * @param nodes names of the nodes that show it; empty when only the cluster as a whole does
 */
public record Platform(String id, String title, Optional<Set<String>> nodes, List<Reason> because) {
  public Platform {
    nodes = nodes.map(Set::copyOf);
    because = List.copyOf(because);
  }
}
