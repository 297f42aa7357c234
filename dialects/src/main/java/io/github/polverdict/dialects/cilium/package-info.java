/**
 * Cilium, 1.9 to 1.20, also as GKE Dataplane V2 and Azure CNI powered by Cilium. Knows
 * NetworkPolicies and Cilium's own objects; knows no other engine.
 */
@NullMarked
package io.github.polverdict.dialects.cilium;

import org.jspecify.annotations.NullMarked;
