/**
 * A snapshot told with other names and addresses, so that it can be given away: every verdict stays
 * what it was. Knows where words stand; knows no policy's meaning.
 */
@NullMarked
package io.github.polverdict.snapshot.pseudonyms;

import org.jspecify.annotations.NullMarked;
