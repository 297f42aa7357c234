/**
 * Weave Net's policy controller, weave-npc (2.4 to 2.9). Knows NetworkPolicies and weave's own
 * DaemonSet; knows no other engine.
 */
@NullMarked
package io.github.polverdict.dialects.weave;

import org.jspecify.annotations.NullMarked;
