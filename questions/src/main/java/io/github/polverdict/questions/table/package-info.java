/**
 * Who reaches whom as tables over parties: workloads, nodes and outside ranges. Knows the bench and
 * its matrix; knows no question, no document and no network plug-in.
 */
@NullMarked
package io.github.polverdict.questions.table;

import org.jspecify.annotations.NullMarked;
