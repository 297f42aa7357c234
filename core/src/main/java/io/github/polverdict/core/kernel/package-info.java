/**
 * Values that everything else is made of: truth, sets of addresses, traffic and indices, places and
 * findings. Knows the JDK only; knows nothing of Kubernetes, policies or any network plug-in.
 */
@NullMarked
package io.github.polverdict.core.kernel;

import org.jspecify.annotations.NullMarked;
