/**
 * Snapshots in a file: redacted, compressed, checked. Writes what {@code kept} keeps and reads it
 * back with every place and gap. Knows no policy and no network plug-in.
 */
@NullMarked
package io.github.polverdict.snapshot.saved;

import org.jspecify.annotations.NullMarked;
