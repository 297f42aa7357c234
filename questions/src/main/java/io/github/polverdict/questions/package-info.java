/**
 * What questions stand on: a bench (one judged cluster), an exchange (two whose parts can be
 * swapped), and the words that all answers share. Knows the neutral model and its engine; knows no
 * document, no network plug-in and no output format.
 */
@NullMarked
package io.github.polverdict.questions;

import org.jspecify.annotations.NullMarked;
