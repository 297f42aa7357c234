/**
 * Antrea on Linux: its datapath, its settings, and in which order it serves policies of all kinds.
 * Its own kinds are read next door, in {@code policy}. Knows no other engine.
 */
@NullMarked
package io.github.polverdict.dialects.antrea;

import org.jspecify.annotations.NullMarked;
