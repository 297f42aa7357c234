@NullMarked
package io.github.polverdict.lab;

import org.jspecify.annotations.NullMarked;
