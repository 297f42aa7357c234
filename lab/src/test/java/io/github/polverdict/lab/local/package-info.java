@NullMarked
package io.github.polverdict.lab.local;

import org.jspecify.annotations.NullMarked;
