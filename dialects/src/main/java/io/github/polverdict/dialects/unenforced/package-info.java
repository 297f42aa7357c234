/**
 * Clusters in which nothing enforces NetworkPolicies: Flannel alone, plain bridges, engines that
 * are switched off. Knows who enforces by their agents' names only.
 */
@NullMarked
package io.github.polverdict.dialects.unenforced;

import org.jspecify.annotations.NullMarked;
