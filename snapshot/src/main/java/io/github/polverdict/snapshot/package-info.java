/**
 * The documents of one cluster or directory with their places, and what could not be read of them.
 * Knows YAML, JSON and the shape of a Kubernetes object; knows no policy and no network plug-in.
 */
@NullMarked
package io.github.polverdict.snapshot;

import org.jspecify.annotations.NullMarked;
