/**
 * Two sessions whose inputs can be swapped: which inputs there are, which of them differ, and the
 * cluster that a choice of them makes. Knows snapshots and sessions' parts; knows no question's
 * answer and no network plug-in.
 */
@NullMarked
package io.github.polverdict.workbench.exchange;

import org.jspecify.annotations.NullMarked;
