package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.View;

/** Which endpoints a selector or a peer means, as one plane sees them. */
public final class Selection {
  private Selection() {}

  /** With every label seen. */
  public static Truth of(Selector selector, Endpoint endpoint) {
    return Matching.selects(selector, endpoint, View.CLEAR).truth();
  }

  public static Truth of(Selector selector, Endpoint endpoint, Plane plane) {
    return Matching.selects(selector, endpoint, plane.view()).truth();
  }

  /** Whether a rule's peer is the endpoint, by its addresses of one family. */
  public static Truth of(PeerSpec peer, Endpoint endpoint, Plane plane, Family family) {
    return Matching.is(peer, endpoint, plane.view(), family).truth();
  }
}
