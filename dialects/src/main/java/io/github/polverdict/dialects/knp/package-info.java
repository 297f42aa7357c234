/**
 * kube-network-policies: alone, inside kindnetd (kind and minikube), and beside flannel. Knows what
 * its queue sees and what its evaluator makes of it; the engine's short name is knp.
 */
@NullMarked
package io.github.polverdict.dialects.knp;

import org.jspecify.annotations.NullMarked;
