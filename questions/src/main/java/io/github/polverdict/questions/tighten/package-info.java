/**
 * The policies that allow declared flows and nothing else, and whether they do. Knows the bench and
 * how a NetworkPolicy is written; knows no document, no network plug-in and no output format.
 */
@NullMarked
package io.github.polverdict.questions.tighten;

import org.jspecify.annotations.NullMarked;
