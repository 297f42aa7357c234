package io.github.polverdict.dialects.api;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.View;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for an engine as a whole.
 *
 * @param enforces whether it judges anything at all; false for an engine that is switched off
 * @param standard name of the tier that Kubernetes' own NetworkPolicies are judged in
 * @param tiers in the order they are judged, with blocks of the engine's own (they come first in
 *     their tier)
 */
public record Frame(
    boolean enforces,
    String standard,
    List<TierFrame> tiers,
    List<Passage> passages,
    View view,
    Traits traits,
    Action otherwise) {
  public Frame {
    tiers = List.copyOf(tiers);
    passages = List.copyOf(passages);
  }

  /** This frame with one tier before all others and one after them; neither isolates. */
  public Frame around(String before, String after) {
    List<TierFrame> more = new ArrayList<>();
    more.add(new TierFrame(before, List.of(), Action.PASS));
    more.addAll(tiers);
    more.add(new TierFrame(after, List.of(), Action.PASS));
    return new Frame(enforces, standard, more, passages, view, traits, otherwise);
  }

  /** Name of the tier that is judged first. */
  public String first() {
    return tiers.getFirst().name();
  }

  /** Names of the tiers after the standard one in which isolation denies once more. */
  List<String> isolatingLater() {
    return tiers.stream()
        .dropWhile(t -> !t.name().equals(standard))
        .skip(1)
        .filter(t -> t.unmatched() == Action.DENY)
        .map(TierFrame::name)
        .toList();
  }

  /** A tier before the documents' blocks are placed in it. */
  public record TierFrame(String name, List<Block> own, Action unmatched) {
    public TierFrame {
      own = List.copyOf(own);
    }
  }
}
