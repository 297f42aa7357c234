/**
 * kube-router's policy controller, alone or inside k3s. Knows NetworkPolicies and kube-router's own
 * objects; knows no other engine.
 */
@NullMarked
package io.github.polverdict.dialects.kuberouter;

import org.jspecify.annotations.NullMarked;
