@NullMarked
package io.github.polverdict.lab.context;

import org.jspecify.annotations.NullMarked;
