/**
 * Antrea's own policies: NetworkPolicy and ClusterNetworkPolicy of crd.antrea.io with their Tiers
 * and Groups. Knows what the custom resource definitions and the admission webhook refuse, and how
 * the controller turns the rest into rules; does not know the datapath.
 */
@NullMarked
package io.github.polverdict.dialects.antrea.policy;

import org.jspecify.annotations.NullMarked;
