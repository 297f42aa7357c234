/**
 * NetworkPolicy of networking.k8s.io/v1: how it is validated, what the specification says it means,
 * and the knobs that other dialects turn. Knows the API's text (kubernetes/api networking/v1
 * types.go and kubernetes/kubernetes pkg/apis/networking/validation); names no engine.
 */
@NullMarked
package io.github.polverdict.dialects.kubernetes;

import org.jspecify.annotations.NullMarked;
