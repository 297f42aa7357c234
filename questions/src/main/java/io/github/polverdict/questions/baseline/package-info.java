/**
 * What must hold by default in every namespace: whether it does, what would make it so, and what
 * that would cut. Decided by judging flows, never by counting policies.
 */
@NullMarked
package io.github.polverdict.questions.baseline;

import org.jspecify.annotations.NullMarked;
