/**
 * The cluster-wide policies of the group policy.networking.k8s.io, for every engine that enforces
 * them: ClusterNetworkPolicy (v1alpha2), AdminNetworkPolicy and BaselineAdminNetworkPolicy
 * (v1alpha1). Knows how the API server checks them and what their text means; does not know what an
 * engine makes of them.
 */
@NullMarked
package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import org.jspecify.annotations.NullMarked;
