/**
 * OVN-Kubernetes, alone and in OpenShift. Knows its ACLs for NetworkPolicies, AdminNetworkPolicies
 * and EgressFirewalls and how node traffic looks to them; does not know ClusterNetworkPolicies,
 * which the engine does not read either.
 */
@NullMarked
package io.github.polverdict.dialects.ovn;

import org.jspecify.annotations.NullMarked;
