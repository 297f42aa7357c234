/**
 * The command line: options become questions, answers become output, outcomes become exit codes.
 * Knows every wing by its façade only.
 */
@NullMarked
package io.github.polverdict.cli;

import org.jspecify.annotations.NullMarked;
