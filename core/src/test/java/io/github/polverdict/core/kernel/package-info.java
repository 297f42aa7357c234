/** Sets of numbers and addresses against their definitions, number by number. */
@NullMarked
package io.github.polverdict.core.kernel;

import org.jspecify.annotations.NullMarked;
