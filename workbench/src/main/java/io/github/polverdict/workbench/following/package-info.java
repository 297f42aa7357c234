/**
 * Flows that are followed while their cluster changes. Knows snapshots and sessions; knows no
 * question's wording beyond that of the flows, and not where the snapshots come from.
 */
@NullMarked
package io.github.polverdict.workbench.following;

import org.jspecify.annotations.NullMarked;
