package io.github.polverdict.questions.probe;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Trial;

/**
 * What should come of a trial.
 *
 * @param via the kind of address that is called
 * @param routed whether there is a way at all; without one it is DENIED by no policy
 * @param because what decides it, one sentence without a full stop
 */
public record Prediction(Trial trial, Via via, Outcome outcome, boolean routed, String because) {}
