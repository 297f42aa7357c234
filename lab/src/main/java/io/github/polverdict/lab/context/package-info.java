/**
 * Labs in a part of a cluster that the user has: namespaces of their own, labelled and taken away.
 */
@NullMarked
package io.github.polverdict.lab.context;

import org.jspecify.annotations.NullMarked;
