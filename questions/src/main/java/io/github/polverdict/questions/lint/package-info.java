/**
 * What is wrong with the policies of a cluster, by effect. Knows the checks, what a reader selects
 * and what objects declare as accepted; knows no document, no clock and no network plug-in.
 */
@NullMarked
package io.github.polverdict.questions.lint;

import org.jspecify.annotations.NullMarked;
