@NullMarked
package io.github.polverdict.lab.kind;

import org.jspecify.annotations.NullMarked;
