package io.github.polverdict.dialects.api;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.Redirect;
import io.github.polverdict.core.model.View;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for an engine as a whole.
 *
 * @param enforces whether it judges anything at all; false for an engine that is switched off
 * @param standard where Kubernetes' own NetworkPolicies are judged
 * @param tiers in the order they are judged, with blocks of the engine's own (they come first in
 *     their tier)
 * @param redirects the calls that the engine sends elsewhere
 */
public record Frame(
    boolean enforces,
    Standard standard,
    List<TierFrame> tiers,
    List<Passage> passages,
    View view,
    Traits traits,
    Action otherwise,
    List<Redirect> redirects) {
  public Frame {
    tiers = List.copyOf(tiers);
    passages = List.copyOf(passages);
    redirects = List.copyOf(redirects);
  }

  /** This frame with one tier before all others and one after them; neither isolates. */
  public Frame around(String before, String after) {
    List<TierFrame> more = new ArrayList<>();
    more.add(new TierFrame(before, List.of(), Action.PASS));
    more.addAll(tiers);
    more.add(new TierFrame(after, List.of(), Action.PASS));
    return new Frame(enforces, standard, more, passages, view, traits, otherwise, redirects);
  }

  /** Name of the tier that is judged first. */
  public String first() {
    return tiers.getFirst().name();
  }

  /**
   * Where Kubernetes' own NetworkPolicies are judged.
   *
   * @param tier name of the tier that asks them
   * @param closing name of the tier that denies to those whom they isolate what none of them
   *     allows; the same one but for engines that ask a later tier before
   */
  public record Standard(String tier, String closing) {
    /** One tier that asks and denies. */
    public static Standard in(String tier) {
      return new Standard(tier, tier);
    }

    boolean closesWhereItAsks() {
      return tier.equals(closing);
    }
  }

  /** A tier before the documents' blocks are placed in it. */
  public record TierFrame(String name, List<Block> own, Action unmatched) {
    public TierFrame {
      own = List.copyOf(own);
    }
  }
}
