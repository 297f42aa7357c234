/** What is read of a revision of git. */
@NullMarked
package io.github.polverdict.snapshot.git;

import org.jspecify.annotations.NullMarked;
