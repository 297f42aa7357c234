/**
 * One flow and why it passes or not. Knows the bench; knows no document, no network plug-in and no
 * output format.
 */
@NullMarked
package io.github.polverdict.questions.explain;

import org.jspecify.annotations.NullMarked;
