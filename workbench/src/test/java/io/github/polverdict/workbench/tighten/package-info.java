@NullMarked
package io.github.polverdict.workbench.tighten;

import org.jspecify.annotations.NullMarked;
