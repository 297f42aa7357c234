package io.github.polverdict.questions;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import java.util.Comparator;

/**
 * One side of a row of an answer: a workload, one pod of it, a node, a range of outside addresses,
 * or a Service (a named list of addresses).
 *
 * @param name {@code shop/web[Deployment]}, {@code shop/web-0} for one pod that differs from its
 *     siblings, {@code node/n1}, {@code 10.0.0.0-10.0.0.255}, {@code svc/shop/web}
 */
public record Party(String name, Kind kind) implements Comparable<Party> {
  private static final Comparator<Party> ORDER =
      Comparator.comparing((Party p) -> p.kind() == Kind.EXTERNAL).thenComparing(Party::name);

  /** The workload that the endpoint is shown as. */
  public static Party shown(Endpoint endpoint) {
    return new Party(endpoint.shownAs(), endpoint.kind());
  }

  /** The endpoint itself. */
  public static Party single(Endpoint endpoint) {
    return new Party(endpoint.id(), endpoint.kind());
  }

  public static Party service(String id) {
    return new Party(id, Kind.NETWORK_SET);
  }

  public boolean external() {
    return kind == Kind.EXTERNAL;
  }

  /** What is inside the cluster comes first, then by name. */
  @Override
  public int compareTo(Party other) {
    return ORDER.compare(this, other);
  }
}
