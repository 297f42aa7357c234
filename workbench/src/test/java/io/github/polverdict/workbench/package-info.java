/** Questions through snapshots in YAML, as a user would ask them. */
@NullMarked
package io.github.polverdict.workbench;

import org.jspecify.annotations.NullMarked;
