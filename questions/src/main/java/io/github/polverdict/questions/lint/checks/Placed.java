package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Tier;
import java.util.List;

/**
 * A block of a document in its plane, with the endpoints that it selects.
 *
 * @param order the number of its tier, from 0
 * @param selected surely selects
 * @param perhaps may select
 */
record Placed(
    Plane plane,
    int order,
    Tier tier,
    Block block,
    List<Endpoint> selected,
    List<Endpoint> perhaps) {
  Placed {
    selected = List.copyOf(selected);
    perhaps = List.copyOf(perhaps);
  }

  /** Whether it surely exists, as it stands. */
  boolean sure() {
    return block.onlyIf().isEmpty();
  }

  /** Whether rules of the two are served together. */
  boolean meets(Placed other) {
    return plane == other.plane
        && order == other.order
        && block.direction() == other.block.direction();
  }
}
