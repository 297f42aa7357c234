/**
 * The place where what was read and what is asked meet: a snapshot becomes a session that answers
 * questions. Knows every library module; knows no command line, no cluster client and no files.
 */
@NullMarked
package io.github.polverdict.workbench;

import org.jspecify.annotations.NullMarked;
