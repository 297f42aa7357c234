@NullMarked
package io.github.polverdict.workbench.expectations;

import org.jspecify.annotations.NullMarked;
