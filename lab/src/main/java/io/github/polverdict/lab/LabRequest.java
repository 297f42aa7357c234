package io.github.polverdict.lab;

import io.github.polverdict.dialects.api.CniSpec;
import java.util.List;
import java.util.Optional;

/**
 * A lab that somebody wants.
 *
 * @param name names it: lower case letters, digits and dashes
 * @param engine what shall enforce, with the agent's settings
 * @param nodes how many
 * @param outside IPv4 addresses of hosts outside of the cluster
 * @param access to the cluster that it shall be a part of, with the namespaces that it shall have
 */
public record LabRequest(
    String name, CniSpec engine, int nodes, List<String> outside, Lab.Access access) {
  private static final int NAME_LIMIT = 20;

  /** One that is a cluster of its own. */
  public LabRequest(String name, CniSpec engine, int nodes, List<String> outside) {
    this(name, engine, nodes, outside, new Lab.Access(Optional.empty(), "", List.of()));
  }

  public LabRequest {
    outside = List.copyOf(outside);
    if (!name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?") || name.length() > NAME_LIMIT) {
      throw new LabFailure(
          "'%s' can't name a lab; take up to %d lower case letters, digits and dashes"
              .formatted(name, NAME_LIMIT));
    }
    outside.stream()
        .filter(address -> !address.matches("\\d+(\\.\\d+){3}"))
        .findFirst()
        .ifPresent(address -> {
          throw new LabFailure("'" + address + "' is no IPv4 address of an outside host");
        });
  }
}
