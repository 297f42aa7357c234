/**
 * The only place that talks to a Kubernetes API server. Knows kubeconfigs, paging, refusals and
 * which kinds of object are asked for; what it reads becomes documents, what it cannot read becomes
 * gaps. Lists and discovers only (what probes is {@code live.probe}); never asks for Secrets. Knows
 * no policy and no engine's meaning.
 */
@NullMarked
package io.github.polverdict.live;

import org.jspecify.annotations.NullMarked;
