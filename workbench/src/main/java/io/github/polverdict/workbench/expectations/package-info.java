/**
 * Files of expectations: what must be allowed and denied. Knows how they are written; does not know
 * whether they hold.
 */
@NullMarked
package io.github.polverdict.workbench.expectations;

import org.jspecify.annotations.NullMarked;
