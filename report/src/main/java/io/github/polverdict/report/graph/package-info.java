/**
 * Graphs as text for Graphviz and Mermaid, and matrices as pictures. Knows names, arrows and marks;
 * no answer and no question.
 */
@NullMarked
package io.github.polverdict.report.graph;

import org.jspecify.annotations.NullMarked;
