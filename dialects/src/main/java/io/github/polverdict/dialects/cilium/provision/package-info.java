/** Defaults of namespaces written as Cilium's own objects. */
@NullMarked
package io.github.polverdict.dialects.cilium.provision;

import org.jspecify.annotations.NullMarked;
