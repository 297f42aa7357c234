/**
 * Which flows to try with packets. Knows the bench and its matrix; knows nothing of how packets are
 * sent, nor of what came of them.
 */
@NullMarked
package io.github.polverdict.questions.verify.choice;

import org.jspecify.annotations.NullMarked;
