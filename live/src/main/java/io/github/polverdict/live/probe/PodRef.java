package io.github.polverdict.live.probe;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import java.util.Optional;

/** One pod by its name. */
public record PodRef(String namespace, String name) {

  /**
   * The pod that an endpoint is; empty for what is none, and for the would-be pod of a workload.
   */
  static Optional<PodRef> of(Endpoint endpoint) {
    boolean pod = endpoint.kind() == Kind.POD || endpoint.kind() == Kind.HOST_POD;
    if (!pod || endpoint.mayBeSeveral()) {
      return Optional.empty();
    }
    String name = endpoint.id().substring(endpoint.id().lastIndexOf('/') + 1);
    return Optional.of(new PodRef(endpoint.namespace(), name));
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
