/**
 * Plays scenarios with packets: makes each scenario's cluster in a lab, sends what its flows say,
 * and holds what came of it against what is expected. Never changes an expectation.
 */
@NullMarked
package io.github.polverdict.lab.replay;

import org.jspecify.annotations.NullMarked;
