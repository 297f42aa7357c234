package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.questions.Bench;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Single ports and protocols that an engine drops for everybody, whatever policies say, by rows of
 * its profile. Who expects all ports to be open does not mean these; who names one does.
 */
final class Dropped {
  private final Map<Origin.BuiltIn, TrafficSet> rows = new LinkedHashMap<>();

  Dropped(Bench bench) {
    bench.model().planes().stream()
        .flatMap(p -> p.tiers().stream())
        .flatMap(t -> t.blocks().stream())
        .filter(b -> !b.isolates() && b.onlyIf().isEmpty())
        .flatMap(b -> b.rules().stream())
        .filter(r -> r.action() == Action.DENY && r.peers().contains(PeerSpec.ANYONE))
        .forEach(this::add);
  }

  private void add(Rule rule) {
    if (rule.origin() instanceof Origin.BuiltIn row) {
      for (TrafficSpec spec : rule.traffic()) {
        if (spec instanceof TrafficSpec.Numeric(TrafficSet traffic)) {
          rows.merge(row, traffic, TrafficSet::or);
        }
      }
    }
  }

  /** What of some traffic is dropped, by row: only of protocols that are wholly in it. */
  Map<Origin.BuiltIn, TrafficSet> of(TrafficSet asked) {
    Map<Origin.BuiltIn, TrafficSet> out = new LinkedHashMap<>();
    rows.forEach((row, traffic) -> {
      for (Protocol protocol : Protocol.values()) {
        TrafficSet all = TrafficSet.all(protocol);
        TrafficSet own = traffic.and(all);
        boolean some = !own.isEmpty() && !all.minus(own).isEmpty();
        if (some && all.minus(asked).isEmpty()) {
          out.merge(row, own, TrafficSet::or);
        }
      }
    });
    return out;
  }
}
