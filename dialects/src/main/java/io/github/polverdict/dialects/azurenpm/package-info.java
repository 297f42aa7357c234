/**
 * Azure Network Policy Manager on AKS, on Linux (iptables) and Windows (HNS) nodes. Knows what its
 * translation takes and what its chains see; does not know AKS with Cilium, which is another
 * engine.
 */
@NullMarked
package io.github.polverdict.dialects.azurenpm;

import org.jspecify.annotations.NullMarked;
