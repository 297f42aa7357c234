package io.github.polverdict.core.model;

import java.util.List;

/**
 * Blocks that are judged together.
 *
 * @param unmatched what becomes of a flow that no rule matched, when an isolating block took part
 */
public record Tier(String name, List<Block> blocks, Action unmatched) {
  public Tier {
    blocks = List.copyOf(blocks);
  }
}
