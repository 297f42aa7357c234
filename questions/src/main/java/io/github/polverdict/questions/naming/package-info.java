/**
 * What users mean by the words for the two ends of a flow. Knows a universe; knows no verdict, no
 * question and no document.
 */
@NullMarked
package io.github.polverdict.questions.naming;

import org.jspecify.annotations.NullMarked;
