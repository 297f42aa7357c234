/** Labs that the user's kind makes of containers, with an engine installed as its project says. */
@NullMarked
package io.github.polverdict.lab.kind;

import org.jspecify.annotations.NullMarked;
