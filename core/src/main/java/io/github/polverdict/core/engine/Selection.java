package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Selector;

/** Which endpoints a selector selects, as one plane sees their labels. */
public final class Selection {
  private Selection() {}

  public static Truth of(Selector selector, Endpoint endpoint, Plane plane) {
    return Matching.selects(selector, endpoint, plane.view()).truth();
  }
}
