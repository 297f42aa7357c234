package io.github.polverdict.questions.explain;

import io.github.polverdict.core.model.Outcome;
import java.util.Optional;

/**
 * A flow whose verdict is another one than it was.
 *
 * @param before empty for the first state of a cluster, and when the flow could not be understood:
 *     an end of it was not there
 * @param after empty when the flow cannot be understood
 * @param because the deciding element in one sentence
 * @param cause the object that made the difference, {@code changed NetworkPolicy shop/web}; empty
 *     for the first state
 */
public record Turn(
    String from,
    String to,
    Optional<Outcome> before,
    Optional<Outcome> after,
    String because,
    String cause) {}
