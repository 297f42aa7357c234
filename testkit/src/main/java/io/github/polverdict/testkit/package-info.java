/**
 * The scenario language: literate cases with one expected column for each engine. Knows the
 * workbench; knows no engine.
 */
@NullMarked
package io.github.polverdict.testkit;

import org.jspecify.annotations.NullMarked;
