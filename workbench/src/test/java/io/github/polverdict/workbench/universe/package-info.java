/** Snapshots in YAML and the endpoints that come of them. */
@NullMarked
package io.github.polverdict.workbench.universe;

import org.jspecify.annotations.NullMarked;
