/**
 * Calico, 3.18 to 3.32, and Canal (Calico's policies over flannel's network). Knows NetworkPolicies
 * and Calico's own objects; knows no other engine.
 */
@NullMarked
package io.github.polverdict.dialects.calico;

import org.jspecify.annotations.NullMarked;
