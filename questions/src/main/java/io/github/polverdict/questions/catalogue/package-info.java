/**
 * What is known of engines, as an answer: settings, kinds of policy and rows with their evidence.
 * Knows no engine by name, and nothing of any cluster.
 */
@NullMarked
package io.github.polverdict.questions.catalogue;

import org.jspecify.annotations.NullMarked;
