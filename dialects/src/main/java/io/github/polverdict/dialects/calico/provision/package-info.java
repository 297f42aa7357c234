/** Defaults of namespaces written as Calico's own objects. */
@NullMarked
package io.github.polverdict.dialects.calico.provision;

import org.jspecify.annotations.NullMarked;
