package io.github.polverdict.core.engine;

import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Passage;
import java.util.List;

/** How two endpoints stand to each other. */
enum Where {
  ITSELF,
  SAME_NODE,
  OTHER_NODE,
  /** One node or two. */
  NOT_KNOWN,
  /** One endpoint of those that both stand for, or two. */
  MAYBE_ITSELF;

  static Where of(Endpoint from, Endpoint to) {
    if (from.id().equals(to.id())) {
      return from.mayBeSeveral() ? MAYBE_ITSELF : ITSELF;
    }
    if (!isOnNode(from) || !isOnNode(to)) {
      return OTHER_NODE;
    }
    if (from.node().isEmpty() || to.node().isEmpty()) {
      return NOT_KNOWN;
    }
    return from.node().equals(to.node()) ? SAME_NODE : OTHER_NODE;
  }

  static boolean isOnNode(Endpoint endpoint) {
    return switch (endpoint.kind()) {
      case POD, HOST_POD, NODE -> true;
      case NETWORK_SET, EXTERNAL -> false;
    };
  }

  /** What it may really be. */
  List<Where> worlds() {
    return switch (this) {
      case ITSELF, SAME_NODE, OTHER_NODE -> List.of(this);
      case NOT_KNOWN -> List.of(SAME_NODE, OTHER_NODE);
      case MAYBE_ITSELF -> List.of(ITSELF, SAME_NODE, OTHER_NODE);
    };
  }

  /** Whether a passage's condition holds; an endpoint is on its own node too. */
  boolean holds(Passage.Where condition) {
    return switch (condition) {
      case ANY -> true;
      case ITSELF -> this == ITSELF;
      case SAME_NODE -> this == SAME_NODE || this == ITSELF;
      case OTHER_NODE -> this == OTHER_NODE;
    };
  }

  static Doubt oneOrTwo(Endpoint endpoint) {
    return new Doubt.KnownAtRuntime(
        "whether both ends are one pod of " + endpoint.id(), endpoint.origin());
  }

  static Doubt unknownNode(Endpoint endpoint) {
    return new Doubt.KnownAtRuntime("the node of " + endpoint.id(), endpoint.origin());
  }
}
