/**
 * Generated worlds that polverdict and Cilium's own policy engine judge. Knows the program in
 * {@code scenarios/oracle/cilium} by its lines of JSON only.
 */
@NullMarked
package io.github.polverdict.scenarios.oracle;

import org.jspecify.annotations.NullMarked;
