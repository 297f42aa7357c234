/**
 * Forms in which defaults of namespaces are written as objects of an engine. Names no engine, and
 * does not know what the objects come to: that is judged.
 */
@NullMarked
package io.github.polverdict.dialects.api.provision;

import org.jspecify.annotations.NullMarked;
