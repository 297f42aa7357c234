/**
 * What was predicted of flows, held against what packets did. Knows the bench, trials and
 * observations; knows nothing of how packets are sent, and no network plug-in.
 */
@NullMarked
package io.github.polverdict.questions.verify;

import org.jspecify.annotations.NullMarked;
