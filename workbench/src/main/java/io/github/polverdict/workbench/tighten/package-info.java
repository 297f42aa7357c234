/** Proves drafted policies: puts them into a snapshot and asks the engine. */
@NullMarked
package io.github.polverdict.workbench.tighten;

import org.jspecify.annotations.NullMarked;
