/**
 * Who is there: endpoints and Services as the neutral model has them, from the documents of a
 * snapshot. Knows the shape of Pods, workloads, Nodes, Namespaces and Services; knows no policy
 * document, no network plug-in and no question.
 */
@NullMarked
package io.github.polverdict.workbench.universe;

import org.jspecify.annotations.NullMarked;
