/**
 * The canary: an experiment that shows whether a cluster enforces policies at all. Its steps are
 * data, and so is what its packets showed; neither knows the other.
 */
@NullMarked
package io.github.polverdict.core.model.canary;

import org.jspecify.annotations.NullMarked;
