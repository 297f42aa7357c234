package io.github.polverdict.questions.explain;

import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Refusal;
import java.util.List;
import java.util.Optional;

/** The verdicts of many flows, in the order they were asked. */
public record ExplainManyAnswer(List<Row> rows, List<Pin> pins) {

  /**
   * One flow.
   *
   * @param verdict empty exactly when the flow could not be understood
   * @param egress the outcome at the source; empty when the flow could not be understood or has no
   *     way
   * @param ingress the outcome at the destination; empty as above
   * @param because the deciding element in one sentence; the refusal's message when there is one
   */
  public record Row(
      String from,
      String to,
      Optional<Outcome> verdict,
      Optional<Outcome> egress,
      Optional<Outcome> ingress,
      String because,
      List<Doubt> doubts,
      List<Refusal> refusals) {
    public Row {
      doubts = List.copyOf(doubts);
      refusals = List.copyOf(refusals);
    }
  }

  public ExplainManyAnswer {
    rows = List.copyOf(rows);
    pins = List.copyOf(pins);
  }
}
