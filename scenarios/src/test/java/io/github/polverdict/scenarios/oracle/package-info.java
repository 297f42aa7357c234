/**
 * Generated worlds that polverdict and engines' own code judge. Knows the programs in {@code
 * scenarios/oracle} by their lines of JSON only.
 */
@NullMarked
package io.github.polverdict.scenarios.oracle;

import org.jspecify.annotations.NullMarked;
