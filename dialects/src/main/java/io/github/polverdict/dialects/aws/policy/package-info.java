/**
 * What the controller and the agent of the AWS VPC CNI make of policies: NetworkPolicies, its own
 * ApplicationNetworkPolicies and ClusterNetworkPolicies. Knows the agent's table by longest prefix
 * and what the controller resolves; does not know the datapath.
 */
@NullMarked
package io.github.polverdict.dialects.aws.policy;

import org.jspecify.annotations.NullMarked;
