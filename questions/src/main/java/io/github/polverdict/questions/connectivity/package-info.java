/**
 * Who reaches whom, on what. Knows the bench; knows no document, no network plug-in and no output
 * format.
 */
@NullMarked
package io.github.polverdict.questions.connectivity;

import org.jspecify.annotations.NullMarked;
