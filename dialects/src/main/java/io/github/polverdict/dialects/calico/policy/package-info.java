/**
 * Calico's own policies: NetworkPolicy and GlobalNetworkPolicy with their tiers, order, selectors
 * and network sets. Knows what Calico's API server refuses and how Felix turns the rest into rules;
 * does not know the datapath.
 */
@NullMarked
package io.github.polverdict.dialects.calico.policy;

import org.jspecify.annotations.NullMarked;
