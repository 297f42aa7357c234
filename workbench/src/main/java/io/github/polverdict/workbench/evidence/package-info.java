/** Packs of evidence as archives that say what they hold. Knows files and sums, and no answer. */
@NullMarked
package io.github.polverdict.workbench.evidence;

import org.jspecify.annotations.NullMarked;
