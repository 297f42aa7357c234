/** Flows followed over snapshots, against sessions made anew. */
@NullMarked
package io.github.polverdict.workbench.following;

import org.jspecify.annotations.NullMarked;
