/**
 * Baselines: the file that says one, the manifests that make a cluster meet it, and the proof that
 * they do.
 */
@NullMarked
package io.github.polverdict.workbench.baseline;

import org.jspecify.annotations.NullMarked;
