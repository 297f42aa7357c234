package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import java.util.List;
import java.util.Optional;

/**
 * The flow classes between two kinds of ends, with the pair that stands for them.
 *
 * @param pair empty when there is none that can be tried, for the reason {@code skipped}
 * @param pieces the kinds of traffic that are told apart there
 * @param skipped why it can't be tried; empty when it can
 */
record Lane(FlowClass key, Optional<Pair> pair, List<Piece> pieces, String skipped) {

  /** Who calls what, at which address. */
  record Pair(Endpoint from, Flow.Target to, IpAddress at) {}

  /**
   * Traffic that no rule cuts and that either something at the destination serves or nothing.
   *
   * @param name unique at its destination
   * @param numbers ports of which one stands for it: those where a misread end of a range shows
   * @param served whether something is known to listen there
   */
  record Piece(String name, Protocol protocol, List<Integer> numbers, boolean served) {
    Piece {
      numbers = List.copyOf(numbers);
    }

    /** Whether silence there tells nothing: there may be nobody who would answer. */
    boolean isMute() {
      return !served && protocol != Protocol.TCP;
    }
  }

  static Lane tried(FlowClass key, Pair pair, List<Piece> pieces) {
    return new Lane(key, Optional.of(pair), pieces, "");
  }

  static Lane skipped(FlowClass key, List<Piece> pieces, String why) {
    return new Lane(key, Optional.empty(), pieces, why);
  }

  Lane {
    pieces = List.copyOf(pieces);
  }
}
