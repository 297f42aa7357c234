/** Runs scenarios, and other tools' cases and recorded runs. */
@NullMarked
package io.github.polverdict.scenarios;

import org.jspecify.annotations.NullMarked;
