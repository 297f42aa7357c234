/**
 * Disposable clusters: what is asked for, what stands, and the drivers that make them. Knows how to
 * start and stop; what enforces in a cluster comes from tables among the resources.
 */
@NullMarked
package io.github.polverdict.lab;

import org.jspecify.annotations.NullMarked;
