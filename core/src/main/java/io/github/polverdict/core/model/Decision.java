package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.Origin;
import java.util.List;

/** The one element that decided, and where it comes from. */
public sealed interface Decision {

  /** A rule matched. */
  record ByRule(Rule rule, Block block, Tier tier) implements Decision {}

  /** Blocks isolate the endpoint and no rule matched; the first one stands for all. */
  record ByIsolation(Tier tier, List<Block> isolating) implements Decision {
    public ByIsolation {
      isolating = List.copyOf(isolating);
    }
  }

  /** No block of any tier took part, so the plane's default applies. */
  record ByNothing(Plane plane) implements Decision {}

  /** The gate does not look at this path. */
  record Bypassed(Passage passage) implements Decision {}

  /** The endpoint talks to its own address inside its own network. */
  record NeverLeaves() implements Decision {}

  /** There is no way to the destination, whatever the policies say. */
  record NoRoute(String why, Origin origin) implements Decision {}

  /** Both outcomes are possible; the doubts separate them. */
  record Undecided(List<Doubt> doubts) implements Decision {
    public Undecided {
      doubts = List.copyOf(doubts);
      if (doubts.isEmpty()) {
        throw new IllegalArgumentException("an undecided gate names what would decide it");
      }
    }
  }
}
