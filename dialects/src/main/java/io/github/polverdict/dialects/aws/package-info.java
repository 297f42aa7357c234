/**
 * The network policy agent of the AWS VPC CNI on EC2 nodes with Linux, with what the controller in
 * the control plane hands to it. Knows standard and strict mode; knows the engine's own kinds of
 * policy by name only.
 */
@NullMarked
package io.github.polverdict.dialects.aws;

import org.jspecify.annotations.NullMarked;
