package io.github.polverdict.core.model.rights;

import java.util.List;

/**
 * What the server said about one right.
 *
 * @param everywhere whether it is granted in the whole cluster
 * @param in the namespaces that were asked about in which it is granted
 * @param lacks those in which it is not; both are empty when it is granted everywhere, or is about
 *     no namespace
 */
public record Grant(Right right, boolean everywhere, List<String> in, List<String> lacks) {
  public Grant {
    in = List.copyOf(in);
    lacks = List.copyOf(lacks);
  }

  /** Whether it is granted wherever it was asked about. */
  public boolean complete() {
    return everywhere || (!in.isEmpty() && lacks.isEmpty());
  }

  /** Whether it is granted nowhere. */
  public boolean none() {
    return !everywhere && in.isEmpty();
  }

  /** {@code list pods in namespace hidden}; what is missing of it. */
  public String missing() {
    if (lacks.isEmpty()) {
      return right.text();
    }
    return right.text()
        + (lacks.size() == 1 ? " in namespace " : " in namespaces ")
        + String.join(", ", lacks);
  }
}
