/**
 * The rules of the house, judged over built classes and sources in every full build. Each rule is a
 * sentence, a search for what breaks it, and an offender that proves that the search finds
 * something.
 *
 * <p>Knows the arrows between modules, the caps and the names. Does not know what any class is for.
 */
@NullMarked
package io.github.polverdict.checks;

import org.jspecify.annotations.NullMarked;
