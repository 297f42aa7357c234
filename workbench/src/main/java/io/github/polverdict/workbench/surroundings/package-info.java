/**
 * What a snapshot tells of a cluster beside endpoints and policies: calls that it depends on, slips
 * of the pen, accepted findings. Knows documents and endpoints; knows no policy's meaning.
 */
@NullMarked
package io.github.polverdict.workbench.surroundings;

import org.jspecify.annotations.NullMarked;
