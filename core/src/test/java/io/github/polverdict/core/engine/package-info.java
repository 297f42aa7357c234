/** Oracles of the engine: generated worlds, the definition in two values, and both evaluators. */
@NullMarked
package io.github.polverdict.core.engine;

import org.jspecify.annotations.NullMarked;
