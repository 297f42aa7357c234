package io.github.polverdict.questions.verify;

import io.github.polverdict.questions.Bench;
import java.util.List;
import java.util.Optional;

/**
 * What helps to explain contradictions, beside the trials themselves.
 *
 * @param after the cluster as it was after the last packet; empty when it was not read again
 * @param alternatives what could be otherwise, to be judged by
 */
public record Evidence(Optional<Bench> after, List<Alternative> alternatives) {
  public static final Evidence NONE = new Evidence(Optional.empty(), List.of());

  public Evidence {
    alternatives = List.copyOf(alternatives);
  }
}
