/** Which flows verify tries, and how it explains what packets did otherwise. */
@NullMarked
package io.github.polverdict.workbench.verify;

import org.jspecify.annotations.NullMarked;
