/**
 * Antrea, as far as NetworkPolicy v1 goes. Knows NetworkPolicies and Antrea's own DaemonSet; knows
 * no other engine.
 */
@NullMarked
package io.github.polverdict.dialects.antrea;

import org.jspecify.annotations.NullMarked;
