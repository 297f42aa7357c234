package io.github.polverdict.questions.probe;

import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was predicted of some trials and what packets showed.
 *
 * @param from as asked
 * @param to as asked
 * @param rows in the order of the trials; at least one
 */
public record ProbeAnswer(String from, String to, List<Row> rows, List<Pin> pins) {

  /** One trial. */
  public record Row(Prediction predicted, Observation observed) {
    public Agreement agreement() {
      if (!predicted.routed() && observed.sign() == Observation.Sign.UNREACHABLE) {
        return Agreement.CONFIRMED;
      }
      Optional<Outcome> seen = observed.sign().outcome();
      if (seen.isEmpty()) {
        return Agreement.NOT_SEEN;
      }
      if (predicted.outcome() == Outcome.UNKNOWN) {
        return Agreement.NOT_PREDICTED;
      }
      return seen.get() == predicted.outcome() ? Agreement.CONFIRMED : Agreement.CONTRADICTED;
    }
  }

  /** How a prediction and an observation stand to each other. */
  public enum Agreement {
    CONFIRMED,
    CONTRADICTED,
    /** The prediction is UNKNOWN; the packets tell. */
    NOT_PREDICTED,
    /** The packets do not tell. */
    NOT_SEEN
  }

  public ProbeAnswer {
    rows = List.copyOf(rows);
    pins = List.copyOf(pins);
  }

  /** Puts predictions and observations of the same trials together, in their order. */
  public static ProbeAnswer of(
      ProbeQuestion question,
      List<Prediction> predictions,
      List<Observation> observations,
      List<Pin> pins) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      if (!predictions.get(i).trial().equals(observations.get(i).trial())) {
        throw new IllegalArgumentException("not the same trials");
      }
      rows.add(new Row(predictions.get(i), observations.get(i)));
    }
    return new ProbeAnswer(question.from(), question.to(), rows, pins);
  }

  public boolean any(Agreement agreement) {
    return rows.stream().anyMatch(r -> r.agreement() == agreement);
  }
}
