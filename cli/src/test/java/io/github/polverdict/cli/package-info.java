/** Runs command lines as a user would, on the bundled clusters and on bad input. */
@NullMarked
package io.github.polverdict.cli;

import org.jspecify.annotations.NullMarked;
