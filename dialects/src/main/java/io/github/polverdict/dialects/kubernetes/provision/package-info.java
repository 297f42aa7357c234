/** Defaults of namespaces written as objects that are not of one engine. */
@NullMarked
package io.github.polverdict.dialects.kubernetes.provision;

import org.jspecify.annotations.NullMarked;
