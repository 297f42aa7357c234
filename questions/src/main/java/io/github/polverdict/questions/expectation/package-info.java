/**
 * Whether what must be allowed is allowed, and what must be denied is denied. Knows the bench;
 * knows no document, no network plug-in and no output format.
 */
@NullMarked
package io.github.polverdict.questions.expectation;

import org.jspecify.annotations.NullMarked;
