@NullMarked
package io.github.polverdict.workbench.baseline;

import org.jspecify.annotations.NullMarked;
