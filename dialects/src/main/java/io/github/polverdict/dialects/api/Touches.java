package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import java.util.List;
import java.util.Set;

/**
 * The flows that a row of effect DOUBT makes uncertain.
 *
 * @param from kinds of source; empty for any
 * @param to kinds of destination; empty for any
 * @param via the kinds of address called; empty for any
 */
public record Touches(
    List<Direction> gates,
    Set<Kind> from,
    Set<Kind> to,
    TrafficSet traffic,
    Set<Via> via,
    Where where) {
  public Touches {
    gates = List.copyOf(gates);
    from = Set.copyOf(from);
    to = Set.copyOf(to);
    via = Set.copyOf(via);
  }
}
