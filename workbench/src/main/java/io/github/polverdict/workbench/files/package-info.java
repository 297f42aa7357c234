/**
 * The files that polverdict defines itself: what is expected, accepted, mapped, configured. Knows
 * how they are written; does not know what is asked with them.
 */
@NullMarked
package io.github.polverdict.workbench.files;

import org.jspecify.annotations.NullMarked;
