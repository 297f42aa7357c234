/** Saved snapshots: what is in them, what is not, and what damage does to them. */
@NullMarked
package io.github.polverdict.snapshot.saved;

import org.jspecify.annotations.NullMarked;
