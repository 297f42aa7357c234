@NullMarked
package io.github.polverdict.lab.replay;

import org.jspecify.annotations.NullMarked;
