/**
 * Does the cluster enforce policies at all? The steps of the canary, and what its packets say.
 * Knows no cluster and no clock: what was seen is given.
 */
@NullMarked
package io.github.polverdict.questions.canary;

import org.jspecify.annotations.NullMarked;
