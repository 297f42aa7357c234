/**
 * What enforces here, what each policy comes to, and what could not be read. Knows the bench; knows
 * no document, no network plug-in and no output format.
 */
@NullMarked
package io.github.polverdict.questions.inspect;

import org.jspecify.annotations.NullMarked;
