/**
 * Cilium's own policies, CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy: their selectors,
 * entities, ranges and ports. Knows nothing of the datapath, nor of how other policies are read.
 */
@NullMarked
package io.github.polverdict.dialects.cilium.policy;

import org.jspecify.annotations.NullMarked;
