package io.github.polverdict.questions.connectivity;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Because;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Ground;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the judge why traffic comes out as it does, by some of it. */
final class Grounds {
  /** For traffic cut into more runs of numbers than this, the first ones speak. */
  private static final int MOST_SAMPLES = 8;

  private final Judge judge;

  Grounds(Judge judge) {
    this.judge = judge;
  }

  /** What a ground says, whatever traffic it is found with. */
  private record Says(List<Because> gates, List<Doubt> doubts) {}

  List<Ground> of(Endpoint from, Endpoint to, Family family, TrafficSet traffic) {
    Map<Says, Sample> out = new LinkedHashMap<>();
    Sample.each(traffic)
        .limit(MOST_SAMPLES)
        .forEach(s -> out.putIfAbsent(says(judge.judge(s.flow(from, to, family))), s));
    return out.entrySet().stream()
        .map(e -> new Ground(e.getValue(), e.getKey().gates(), e.getKey().doubts()))
        .toList();
  }

  /** All gates when it passes; else the gates that do not let it pass. */
  private static Says says(Verdict verdict) {
    Optional<List<Because>> noWay =
        verdict
            .unrouted()
            .map(_ -> List.of(new Because(Direction.EGRESS, "", Reasons.of(verdict))));
    List<Because> gates =
        noWay.orElseGet(() ->
            Reasons.way(verdict).stream()
                .flatMap(w -> w.gates().stream())
                .filter(
                    g -> verdict.outcome() == Outcome.ALLOWED || g.outcome() == verdict.outcome())
                .map(Grounds::because)
                .distinct()
                .toList());
    return new Says(gates, verdict.doubts());
  }

  private static Because because(GateVerdict gate) {
    String subject =
        switch (gate.gate()) {
          case EGRESS -> "the source";
          case INGRESS -> "the destination";
        };
    return new Because(gate.gate(), gate.plane().name(), Reasons.of(gate, subject));
  }
}
