/**
 * What differs between two clusters, and which one input causes it. Knows the exchange; knows no
 * document, no network plug-in and no output format.
 */
@NullMarked
package io.github.polverdict.questions.diff;

import org.jspecify.annotations.NullMarked;
