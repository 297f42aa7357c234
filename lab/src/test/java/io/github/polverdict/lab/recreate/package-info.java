@NullMarked
package io.github.polverdict.lab.recreate;

import org.jspecify.annotations.NullMarked;
