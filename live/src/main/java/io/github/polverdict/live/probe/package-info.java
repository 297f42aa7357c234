/**
 * Tries flows with packets. Knows how to run a probe where a flow comes from, what its words mean
 * and what else must be known before a missing answer counts; knows no verdict. Whatever it writes
 * to a cluster, or runs in it, goes through {@link io.github.polverdict.live.probe.ClusterWrites}.
 */
@NullMarked
package io.github.polverdict.live.probe;

import org.jspecify.annotations.NullMarked;
