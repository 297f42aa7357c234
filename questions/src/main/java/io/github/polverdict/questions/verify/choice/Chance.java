package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.questions.verify.choice.Lane.Pair;
import io.github.polverdict.questions.verify.choice.Lane.Piece;

/** One flow class that can be tried, by its lane and piece of traffic. */
record Chance(Lane lane, Piece piece) {
  FlowClass key() {
    return lane.key().of(piece.name());
  }

  /** A flow of the class; which one of its ports depends on the turn. */
  Trial trial(int turn) {
    Pair pair = lane.pair().orElseThrow();
    FlowClass key = lane.key();
    int port = piece.numbers().get(turn % piece.numbers().size());
    Flow flow = new Flow(pair.from(), pair.to(), piece.protocol(), port, key.family());
    return new Trial("", flow, pair.at());
  }
}
