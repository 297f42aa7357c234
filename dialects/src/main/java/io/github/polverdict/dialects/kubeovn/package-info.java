/**
 * Kube-OVN: NetworkPolicies, subnets and security groups as ACLs of OVN, which are told apart by
 * priority, tier and stage. Knows where pods are attached from their annotations; does not know
 * secondary networks, VLANs or gateways.
 */
@NullMarked
package io.github.polverdict.dialects.kubeovn;

import org.jspecify.annotations.NullMarked;
