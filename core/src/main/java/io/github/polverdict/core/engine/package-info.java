/**
 * The two evaluators of the neutral model: {@link io.github.polverdict.core.engine.Judge} for one
 * flow and {@link io.github.polverdict.core.engine.ReachMatrix} for all, and what explains them.
 * Knows the model only; does no I/O and keeps no state.
 */
@NullMarked
package io.github.polverdict.core.engine;

import org.jspecify.annotations.NullMarked;
