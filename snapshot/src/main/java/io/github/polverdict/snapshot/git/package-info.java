/**
 * Files as they were in a revision of a git repository. Knows the program {@code git}; changes
 * nothing in the repository.
 */
@NullMarked
package io.github.polverdict.snapshot.git;

import org.jspecify.annotations.NullMarked;
