package io.github.polverdict.questions.explain;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.explain.ExplainAnswer.Client;
import io.github.polverdict.questions.explain.ExplainAnswer.Sees;
import io.github.polverdict.questions.words.Reasons;
import java.util.Optional;

/** What a client notices of a verdict. */
final class Clients {
  private Clients() {}

  static Client of(Verdict verdict) {
    return switch (verdict.outcome()) {
      case ALLOWED ->
          new Client(
              Sees.PASSES, "it gets through; whether something listens there is not judged", "");
      case UNKNOWN -> new Client(Sees.UNKNOWN, "it gets through or not", "");
      case DENIED -> denied(verdict);
    };
  }

  private static Client denied(Verdict verdict) {
    Optional<GateVerdict> gate = Reasons.way(verdict).flatMap(Reasons::deciding);
    if (gate.isEmpty()) {
      return new Client(
          Sees.NOT_DEFINED, "there is no way to it: the connection is refused or times out", "");
    }
    Plane.Traits traits = gate.get().plane().traits();
    boolean tcp = verdict.flow().protocol() == Protocol.TCP;
    return switch (traits.denial().seen(gate.get().gate(), verdict.flow().family())) {
      case SILENT_DROP ->
          new Client(
              Sees.TIMEOUT,
              tcp
                  ? "its packets are dropped: it waits until it times out"
                  : "its packets are dropped: nothing comes back",
              established(traits));
      case REFUSED, REFUSED_OUTWARD, REFUSED_OUTWARD_V4 ->
          new Client(
              Sees.REFUSED,
              tcp ? "the connection is refused at once" : "it is told that the port is unreachable",
              established(traits));
      case NOT_DEFINED ->
          new Client(
              Sees.NOT_DEFINED,
              "it times out or is refused; the engine does not say which",
              established(traits));
    };
  }

  private static String established(Plane.Traits traits) {
    return switch (traits.established()) {
      case SURVIVES -> "connections that are already open go on";
      case IS_CUT -> "connections that are already open are cut";
      case NOT_DEFINED -> "whether connections that are already open go on is not defined";
    };
  }
}
