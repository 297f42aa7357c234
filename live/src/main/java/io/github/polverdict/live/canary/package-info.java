/**
 * Runs the canary in a cluster: a namespace of its own with a few pods, policies that come and go,
 * and packets. Knows what passes by the specification only to know how long to wait; judges
 * nothing.
 */
@NullMarked
package io.github.polverdict.live.canary;

import org.jspecify.annotations.NullMarked;
