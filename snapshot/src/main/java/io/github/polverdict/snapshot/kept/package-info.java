/**
 * What is kept of an object, whatever it was read from: one table for running clusters and for
 * saved snapshots. Knows fields by name; knows no policy and no engine's meaning.
 */
@NullMarked
package io.github.polverdict.snapshot.kept;

import org.jspecify.annotations.NullMarked;
