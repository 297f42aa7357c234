/**
 * How an engine is described: its dialect, its profile of quirks with evidence, how it is
 * recognised, and how documents become a policy model. Names no engine.
 */
@NullMarked
package io.github.polverdict.dialects.api;

import org.jspecify.annotations.NullMarked;
