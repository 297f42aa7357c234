package io.github.polverdict.live.probe;

import java.util.List;

/**
 * One thing that is done to a cluster, or would be.
 *
 * @param does in a few words: {@code run sh in container app of pod shop/web}
 * @param namespace where; empty for a namespace itself
 * @param rights what it takes, {@code create pods/exec}
 */
public record Step(String does, String namespace, List<String> rights) {
  public Step {
    rights = List.copyOf(rights);
  }
}
