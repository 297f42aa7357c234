/** Two snapshots in YAML and what makes them differ. */
@NullMarked
package io.github.polverdict.workbench.exchange;

import org.jspecify.annotations.NullMarked;
