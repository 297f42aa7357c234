/**
 * Decisions, denials and doubts in sentences. Knows verdicts; knows no question, no document and no
 * network plug-in.
 */
@NullMarked
package io.github.polverdict.questions.words;

import org.jspecify.annotations.NullMarked;
