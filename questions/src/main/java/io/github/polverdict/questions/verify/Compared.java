package io.github.polverdict.questions.verify;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.words.Reasons;
import java.util.Optional;

/** A trial with what was predicted of it and what a probe saw. */
record Compared(Trial trial, Verdict verdict, Optional<Observation> probed) {

  Agreement agreement() {
    return Agreement.of(verdict, probed);
  }

  boolean contradicted() {
    return agreement() == Agreement.CONTRADICTED;
  }

  /** Whether a certain prediction met a certain observation. */
  boolean decided() {
    return agreement() == Agreement.CONFIRMED || contradicted();
  }

  boolean predicted(Outcome outcome) {
    return verdict.outcome() == outcome;
  }

  /** What was seen; empty when that does not tell. */
  Optional<Outcome> seen() {
    return probed.flatMap(p -> p.sign().outcome());
  }

  boolean saw(Outcome outcome) {
    return seen().filter(s -> s == outcome).isPresent();
  }

  boolean saw(Observation.Sign sign) {
    return probed.filter(p -> p.sign() == sign).isPresent();
  }

  Endpoint from() {
    return trial.flow().from();
  }

  /** Who was called by its own address; empty for a Service. */
  Optional<Endpoint> to() {
    return trial.flow().to() instanceof Flow.Target.ToEndpoint(Endpoint to)
        ? Optional.of(to)
        : Optional.empty();
  }

  /** The gate that the prediction rests on. */
  Optional<GateVerdict> gate() {
    return Reasons.way(verdict).flatMap(Reasons::deciding);
  }

  /**
   * The policy that the prediction rests on, {@code NetworkPolicy shop/web}; empty when on none.
   */
  String policy() {
    return gate().map(g -> Reasons.of(g).policy()).orElse("");
  }

  /** The node whose agent the prediction rests on; empty when it is not known or there is none. */
  Optional<String> node() {
    return gate().flatMap(g -> g.subject().node());
  }

  /** Whether both call the same address and port. */
  boolean callsTheSame(Compared other) {
    return trial.at().equals(other.trial.at())
        && trial.flow().protocol() == other.trial.flow().protocol()
        && trial.flow().port() == other.trial.flow().port();
  }
}
