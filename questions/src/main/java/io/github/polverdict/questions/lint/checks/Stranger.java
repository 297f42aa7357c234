package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody whom no policy knows. */
final class Stranger {
  private static final String NAMESPACE = "(another namespace)";

  /** A pod without labels in a namespace without labels, on a node of its own. */
  static final Endpoint POD =
      new Endpoint(
          NAMESPACE + "/(any pod)",
          Kind.POD,
          new Owner("Pod", "(any pod)"),
          new Facts(
              NAMESPACE,
              Labels.NONE,
              Labels.of(Map.of("kubernetes.io/metadata.name", NAMESPACE)),
              "default"),
          Addresses.within(IpSet.ALL),
          List.of(),
          Optional.of("(another node)"),
          new Origin.Said("a pod that no policy knows"));

  private Stranger() {}
}
