/**
 * The table of findings: what each is called, how bad it is, when it is reported and what to do.
 * Knows no bench, no policy and no network plug-in.
 */
@NullMarked
package io.github.polverdict.questions.lint.catalogue;

import org.jspecify.annotations.NullMarked;
