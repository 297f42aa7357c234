/**
 * Does X reach Y, as predicted? Chooses what to try for it, and holds what packets showed against
 * the verdicts; knows nothing of how packets are sent.
 */
@NullMarked
package io.github.polverdict.questions.probe;

import org.jspecify.annotations.NullMarked;
